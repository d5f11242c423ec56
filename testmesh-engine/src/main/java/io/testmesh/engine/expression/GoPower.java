package io.testmesh.engine.expression;

/**
 * Powers that have the digits of Go's {@code math.Pow}: the whole part of the exponent by squaring,
 * the rest by exponential and logarithm. Java's own is closer to the truth in the last digit, at
 * times.
 */
final class GoPower {
  private static final int FAR = 1 << 12;

  private GoPower() {}

  static double of(double base, double exponent) {
    if (exponent == 0 || base == 1) {
      return 1;
    }
    if (exponent == 0.5 || exponent == -0.5) {
      double root = Math.sqrt(base);
      return exponent > 0 ? root : 1 / root;
    }
    double size = Math.abs(exponent);
    double whole = Math.floor(size);
    double rest = size - whole;
    if (base == 0 || rest != 0 && base < 0 || whole >= 0x1p62) {
      // Java gives the same: zero, infinity or no number.
      return Math.pow(base, exponent);
    }
    double result = 1;
    if (rest > 0.5) {
      rest -= 1;
      whole += 1;
    }
    if (rest != 0) {
      result = Math.exp(rest * Math.log(base));
    }
    return scaled(result, base, (long) whole, exponent < 0);
  }

  private static double scaled(double start, double base, long whole, boolean inverted) {
    double result = start;
    long scale = 0;
    int baseScale = base == 0 ? 0 : Math.getExponent(base) + 1;
    if (Math.abs(base) < Double.MIN_NORMAL) {
      baseScale = Math.getExponent(base * 0x1p54) + 1 - 54;
    }
    double factor = Math.scalb(base, -baseScale);
    long factorScale = baseScale;
    for (long bits = whole; bits != 0; bits >>= 1) {
      if (Math.abs(factorScale) > FAR) {
        scale += factorScale;
        break;
      }
      if ((bits & 1) == 1) {
        result *= factor;
        scale += factorScale;
      }
      factor *= factor;
      factorScale <<= 1;
      if (factor < 0.5) {
        factor += factor;
        factorScale--;
      }
    }
    if (inverted) {
      result = 1 / result;
      scale = -scale;
    }
    return Math.scalb(result, (int) Math.max(-2 * FAR, Math.min(2 * FAR, scale)));
  }
}

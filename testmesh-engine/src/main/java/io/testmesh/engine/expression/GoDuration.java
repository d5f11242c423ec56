package io.testmesh.engine.expression;

import io.testmesh.engine.value.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as Go writes them: {@code 1h30m0s}, {@code 250ms}. */
final class GoDuration {
  private static final long SECOND = 1_000_000_000L;
  private static final int LONGEST = 60;

  private GoDuration() {}

  /** The duration, or null when the text is none. */
  static @Nullable Duration parse(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    int at = signed ? 1 : 0;
    if (text.length() > LONGEST || at == text.length()) {
      return null;
    }
    if (text.substring(at).equals("0")) {
      return Duration.ZERO;
    }
    BigDecimal nanos = BigDecimal.ZERO;
    while (at < text.length()) {
      int number = at;
      int digits = 0;
      int points = 0;
      while (at < text.length() && (Lexer.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        if (text.charAt(at++) == '.') {
          points++;
        } else {
          digits++;
        }
      }
      int unit = at;
      while (at < text.length() && !Lexer.isDigit(text.charAt(at)) && text.charAt(at) != '.') {
        at++;
      }
      long size = size(text.substring(unit, at));
      if (digits == 0 || points > 1 || size == 0) {
        return null;
      }
      BigDecimal count = new BigDecimal(text.substring(number, unit));
      nanos = nanos.add(count.multiply(BigDecimal.valueOf(size)));
    }
    BigInteger whole = nanos.toBigInteger();
    if (whole.bitLength() > 63) {
      return null;
    }
    Duration duration = Duration.ofNanos(whole.longValue());
    return text.startsWith("-") ? duration.negated() : duration;
  }

  /** How many whole units the duration has, without a part of one; exact however long it is. */
  static Number count(Duration duration, long unitNanos) {
    return Numbers.integer(
        BigInteger.valueOf(duration.getSeconds())
            .multiply(BigInteger.valueOf(SECOND))
            .add(BigInteger.valueOf(duration.getNano()))
            .divide(BigInteger.valueOf(unitNanos)));
  }

  private static long size(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs", "μs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> SECOND;
      case "m" -> 60 * SECOND;
      case "h" -> 3600 * SECOND;
      default -> 0;
    };
  }

  /** The text that {@link #parse} reads back. */
  static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    Duration size = duration.abs();
    String sign = duration.isNegative() ? "-" : "";
    if (size.getSeconds() == 0) {
      int nanos = size.toNanosPart();
      if (nanos < 1_000) {
        return sign + nanos + "ns";
      }
      return nanos < 1_000_000 ? sign + decimal(nanos, 3) + "µs" : sign + decimal(nanos, 6) + "ms";
    }
    long seconds = size.getSeconds();
    StringBuilder text = new StringBuilder(sign);
    if (seconds >= 3600) {
      text.append(seconds / 3600).append('h');
    }
    if (seconds >= 60) {
      text.append(seconds / 60 % 60).append('m');
    }
    return text.append(seconds % 60)
        .append(decimal(size.getNano(), 9).substring(1))
        .append('s')
        .toString();
  }

  private static String decimal(int value, int places) {
    BigDecimal number = BigDecimal.valueOf(value, places).stripTrailingZeros();
    return number.toPlainString();
  }
}

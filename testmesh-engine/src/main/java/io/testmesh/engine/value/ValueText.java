package io.testmesh.engine.value;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as people read them: joined into a text, or named in a message. */
public final class ValueText {
  private static final int LONGEST_TEXT = 80;
  private static final int MOST_DIGITS = 400;

  private ValueText() {}

  /**
   * The value as a part of a longer text: a text as it is, null as {@code null}, lists and maps as
   * JSON, whole numbers without exponent.
   */
  public static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      return json(value);
    }
    return String.valueOf(value);
  }

  /** Appends what {@link #text} gives. */
  public static void append(StringBuilder to, @Nullable Object value) {
    if (value instanceof Long number) {
      to.append(number.longValue());
    } else {
      to.append(text(value));
    }
  }

  /** The value as JSON text on one line. */
  public static String json(@Nullable Object value) {
    return JsonText.SHARED.render(value);
  }

  /** The number with all its digits; an exponent only for what is no whole number. */
  public static String number(Number number) {
    if (number instanceof Double value) {
      return decimalNumber(value);
    }
    if (number instanceof BigDecimal value) {
      long exponent = (long) value.precision() - value.scale();
      boolean plain = exponent < MOST_DIGITS && (exponent > -6 || value.signum() == 0);
      return plain && value.scale() < MOST_DIGITS ? value.toPlainString() : exponential(value);
    }
    return number.toString();
  }

  private static String decimalNumber(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    BigDecimal shortest = Numbers.shortest(value);
    if (value == Math.rint(value) || Math.abs(value) >= 1e-6) {
      return shortest.toPlainString();
    }
    return exponential(shortest);
  }

  /** Digits and exponent as JSON and Go write them: {@code 1.5e-7}. */
  public static String exponential(BigDecimal number) {
    String digits = number.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - number.scale();
    StringBuilder text = new StringBuilder();
    text.append(number.signum() < 0 ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    return text.append(exponent < 0 ? "e-" : "e+").append(Math.abs(exponent)).toString();
  }

  /** The value with its type, short enough for a message: {@code the text "17"}. */
  public static String brief(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String text) {
      return "the text " + quoted(text);
    }
    if (value instanceof Number number) {
      return "the number " + number(number);
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? "an empty list" : "a list of " + count(list.size(), "item");
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? "an empty map" : "a map of " + count(map.size(), "key");
    }
    return String.valueOf(value);
  }

  /** The text in quotes, cut when it is long. */
  public static String quoted(String text) {
    if (text.codePointCount(0, text.length()) <= LONGEST_TEXT) {
      return json(text);
    }
    int end = text.offsetByCodePoints(0, LONGEST_TEXT);
    return json(text.substring(0, end) + "…");
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}

package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import io.testmesh.action.JsonFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From JSON-like values to what a driver sends for a parameter. */
final class Parameters {
  private static final Set<String> WHOLE = Set.of("int2", "int4", "int8");

  private Parameters() {}

  /**
   * A value as PostgreSQL reads it where a literal in quotes would stand.
   *
   * @param type of the parameter, as the server names it
   * @param number of the parameter, for messages
   * @return null for NULL
   * @throws ActionException code {@code invalid_value} when it cannot be a value of that type
   */
  static @Nullable String text(@Nullable Object value, String type, int number, JsonFormat json)
      throws ActionException {
    if (value == null) {
      return null;
    }
    boolean isJson = type.equals("json") || type.equals("jsonb");
    boolean isScalar = value instanceof String || value instanceof Number;
    if (!isScalar && !isJson && value instanceof List<?> list) {
      String itemType = type.startsWith("_") ? type.substring(1) : type;
      return ArrayText.render(list, item -> scalar(item, itemType, json));
    }
    if (type.equals("bytea") && value instanceof String text && !text.startsWith("\\x")) {
      return bytes(text, number);
    }
    if (isJson && !(value instanceof String)) {
      return json.render(value);
    }
    return scalar(value, type, json);
  }

  private static String scalar(Object value, String type, JsonFormat json) {
    boolean isScalar = value instanceof String || value instanceof Number;
    if (!isScalar && (value instanceof Map || value instanceof List)) {
      return json.render(value);
    }
    if (value instanceof Double wide && WHOLE.contains(type) && wide == Math.rint(wide)) {
      return new BigDecimal(wide).toBigInteger().toString();
    }
    return value instanceof BigDecimal exact ? exact.toPlainString() : value.toString();
  }

  private static String bytes(String text, int number) throws ActionException {
    try {
      return "\\x" + HexFormat.of().formatHex(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "the parameter $"
                  + number
                  + " is bytes, and its value is no base64: "
                  + e.getMessage(),
              e)
          .hint("bytes are base64 text, or \\x and hexadecimal digits");
    }
  }

  /** A value for a driver that is not PostgreSQL's. */
  static @Nullable Object plain(@Nullable Object value, JsonFormat json) {
    if (value instanceof BigInteger whole) {
      return new BigDecimal(whole);
    }
    return value instanceof Map || value instanceof List ? json.render(value) : value;
  }
}

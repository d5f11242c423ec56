package io.testmesh.integrations.common;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one way from the values of a client library to the values of a result: numbers keep their
 * value, bytes become base64 text, times ISO 8601 text.
 */
public final class JsonLike {
  private JsonLike() {}

  /**
   * The value as a result holds it.
   *
   * @param value numbers, texts, booleans, bytes, times, and lists, arrays and maps of these;
   *     anything else becomes its text, which is ISO 8601 for all of java.time
   */
  public static @Nullable Object of(@Nullable Object value) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      map.forEach((key, item) -> entries.put(String.valueOf(key), of(item)));
      return entries;
    }
    if (value instanceof Iterable<?> items) {
      List<@Nullable Object> list = new ArrayList<>();
      items.forEach(item -> list.add(of(item)));
      return list;
    }
    if (value instanceof Object[] items) {
      return of(Arrays.asList(items));
    }
    return value.toString();
  }

  /** Whole numbers as long where they fit, else exact. NaN and infinities have no number: text. */
  private static Object number(Number number) {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return number.longValue();
    }
    if (number instanceof Float) {
      return floating(Double.parseDouble(number.toString()));
    }
    if (number instanceof Double wide) {
      return floating(wide);
    }
    if (number instanceof BigInteger whole && whole.bitLength() < Long.SIZE) {
      return whole.longValue();
    }
    return number instanceof Long || number instanceof BigInteger || number instanceof BigDecimal
        ? number
        : new BigDecimal(number.toString());
  }

  private static Object floating(double number) {
    return Double.isNaN(number)
        ? "NaN"
        : Double.isInfinite(number) ? number > 0 ? "+Inf" : "-Inf" : (Object) number;
  }
}

package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import io.testmesh.action.JsonFormat;
import io.testmesh.integrations.common.JsonLike;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From the texts in which PostgreSQL sends its values (documentation, chapter "Data Types") to
 * JSON-like values that lose nothing: times as ISO 8601, those with a zone in UTC.
 */
final class PostgresCells {
  /** As the server writes it with {@code datestyle} ISO: 2024-02-29 12:30:00.123456+05:30. */
  private static final DateTimeFormatter WITH_ZONE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 9, SignStyle.NORMAL)
          .appendPattern("-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendOffset("+HH:mm:ss", "+00")
          .toFormatter(java.util.Locale.ROOT);

  private PostgresCells() {}

  /**
   * The value of a cell.
   *
   * @param text as the server sent it; null for NULL
   * @param type as the server names it, such as {@code int8} or {@code _text}
   */
  static @Nullable Object value(@Nullable String text, String type, JsonFormat json)
      throws ActionException {
    if (text == null) {
      return null;
    }
    return switch (type) {
      case "int2", "int4", "int8", "oid", "serial", "bigserial", "smallserial" ->
          Long.parseLong(text);
      case "numeric" -> numeric(text);
      case "float4", "float8" -> floating(text);
      case "bool" -> text.equals("t") || text.equals("true");
      case "json", "jsonb" -> json.parse(text);
      case "bytea" -> bytes(text);
      case "timestamptz" -> instant(text);
      case "timestamp" -> isoTime(text);
      default -> type.startsWith("_") ? array(text, type.substring(1), json) : text;
    };
  }

  private static Object numeric(String text) {
    Object special = special(text);
    if (special != null) {
      return special;
    }
    BigDecimal number = new BigDecimal(text);
    return number.scale() == 0 ? whole(number) : number;
  }

  private static Object whole(BigDecimal number) {
    Object value = JsonLike.of(number.toBigInteger());
    return value == null ? number : value;
  }

  private static Object floating(String text) {
    Object special = special(text);
    return special == null ? (Object) Double.parseDouble(text) : special;
  }

  /** What JSON has no number for, in the words that all families use. */
  private static @Nullable String special(String text) {
    return switch (text) {
      case "NaN" -> "NaN";
      case "Infinity" -> "+Inf";
      case "-Infinity" -> "-Inf";
      default -> null;
    };
  }

  private static String bytes(String text) {
    if (text.startsWith("\\x")) {
      Object encoded = JsonLike.of(HexFormat.of().parseHex(text, 2, text.length()));
      return String.valueOf(encoded);
    }
    return text;
  }

  private static String instant(String text) {
    try {
      return OffsetDateTime.parse(text, WITH_ZONE).toInstant().toString();
    } catch (DateTimeException e) {
      // infinity, and years before Christ.
      return text;
    }
  }

  private static String isoTime(String text) {
    int blank = text.indexOf(' ');
    boolean isTime = blank > 0 && text.endsWith("BC") ? false : blank > 0;
    return isTime ? text.substring(0, blank) + "T" + text.substring(blank + 1) : text;
  }

  private static List<@Nullable Object> array(String text, String type, JsonFormat json)
      throws ActionException {
    return convert(ArrayText.parse(text, type.equals("box") ? ';' : ','), type, json);
  }

  private static List<@Nullable Object> convert(
      List<@Nullable Object> items, String type, JsonFormat json) throws ActionException {
    List<@Nullable Object> values = new ArrayList<>(items.size());
    for (Object item : items) {
      if (item instanceof List<?> inner) {
        List<@Nullable Object> copy = new ArrayList<>(inner);
        values.add(convert(copy, type, json));
      } else {
        values.add(value(item == null ? null : item.toString(), type, json));
      }
    }
    return values;
  }
}

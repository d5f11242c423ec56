package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import io.testmesh.action.JsonFormat;
import io.testmesh.integrations.common.JsonLike;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From the objects of any driver to JSON-like values; times as ISO 8601. */
final class OtherCells {
  private OtherCells() {}

  /**
   * The value of a cell of the row where the result stands.
   *
   * @param type as the driver names it
   */
  static @Nullable Object value(ResultSet found, int column, String type, JsonFormat json)
      throws SQLException, ActionException {
    if (type.toUpperCase(Locale.ROOT).startsWith("JSON")) {
      String text = found.getString(column);
      return text == null ? null : json.parse(text);
    }
    return value(found.getObject(column));
  }

  private static @Nullable Object value(@Nullable Object value) throws SQLException {
    if (value instanceof Timestamp time) {
      return time.toLocalDateTime().toString();
    }
    if (value instanceof Date date) {
      return date.toLocalDate().toString();
    }
    if (value instanceof Time time) {
      return time.toLocalTime().toString();
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    if (value instanceof ZonedDateTime time) {
      return time.toInstant().toString();
    }
    if (value instanceof Clob text) {
      return text.getSubString(1, Math.toIntExact(text.length()));
    }
    if (value instanceof Blob bytes) {
      return JsonLike.of(bytes.getBytes(1, Math.toIntExact(bytes.length())));
    }
    if (value instanceof SQLXML xml) {
      return xml.getString();
    }
    if (value instanceof Array array) {
      return value(array.getArray());
    }
    if (value instanceof Object[] items) {
      List<@Nullable Object> list = new ArrayList<>(items.length);
      for (Object item : items) {
        list.add(value(item));
      }
      return list;
    }
    return JsonLike.of(value);
  }
}

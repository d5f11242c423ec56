package io.testmesh.integrations.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Arrays as PostgreSQL writes and reads them: {@code {1,NULL,"a \"b\""}} (documentation, section
 * "Array Input and Output Syntax"). Belongs to one thread.
 */
final class ArrayText {
  private final String text;
  private final char separator;
  private int at;

  private ArrayText(String text, char separator) {
    this.text = text;
    this.separator = separator;
  }

  /** The items of a text that the server sent: texts, null, and lists of these. */
  static List<@Nullable Object> parse(String text, char separator) {
    ArrayText array = new ArrayText(text, separator);
    // Bounds other than 1 stand before: [0:2]={1,2,3}
    array.at = text.startsWith("[") ? text.indexOf('=') + 1 : 0;
    return array.items();
  }

  private List<@Nullable Object> items() {
    List<@Nullable Object> items = new ArrayList<>();
    at++;
    while (at < text.length() && text.charAt(at) != '}') {
      char c = text.charAt(at);
      if (c == separator) {
        at++;
      } else if (c == '{') {
        items.add(items());
      } else if (c == '"') {
        items.add(quoted());
      } else {
        String plain = plain();
        items.add(plain.equals("NULL") ? null : plain);
      }
    }
    at++;
    return items;
  }

  private String quoted() {
    StringBuilder item = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      item.append(text.charAt(at++));
    }
    at++;
    return item.toString();
  }

  private String plain() {
    int start = at;
    while (at < text.length() && text.charAt(at) != separator && text.charAt(at) != '}') {
      at++;
    }
    return text.substring(start, at);
  }

  /**
   * A list as the server reads it.
   *
   * @param item the text of an item that is neither null nor a list
   */
  static String render(List<?> items, Function<Object, String> item) {
    StringBuilder text = new StringBuilder("{");
    for (Object value : items) {
      if (text.length() > 1) {
        text.append(',');
      }
      if (value == null) {
        text.append("NULL");
      } else if (value instanceof List<?> inner) {
        text.append(render(inner, item));
      } else {
        text.append('"')
            .append(item.apply(value).replace("\\", "\\\\").replace("\"", "\\\""))
            .append('"');
      }
    }
    return text.append('}').toString();
  }
}

package io.testmesh.integrations.common;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a value as JSON text, for people. Stops when it is long enough, however large
 * the value is.
 */
public final class JsonPreview {
  private static final String MORE = "…";

  private final StringBuilder text = new StringBuilder();
  private final int longest;

  private JsonPreview(int longest) {
    this.longest = longest;
  }

  /**
   * Renders a value; a text stands as it is, without quotes.
   *
   * @param longest after so many characters the rest is left out and marked with {@code …}
   */
  public static String of(@Nullable Object value, int longest) {
    if (value instanceof String plain) {
      return plain.length() <= longest ? plain : plain.substring(0, longest) + MORE;
    }
    JsonPreview preview = new JsonPreview(longest);
    preview.add(value);
    if (preview.text.length() <= longest) {
      return preview.text.toString();
    }
    return preview.text.substring(0, longest) + MORE;
  }

  /** The beginning of a text on one line: blanks and line breaks between words are one blank. */
  public static String line(String text, int longest) {
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      line.append(line.length() == 0 ? "" : " ").append(word);
      if (line.length() > longest) {
        return line.substring(0, longest) + MORE;
      }
    }
    return line.toString();
  }

  private void add(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (text.length() > longest) {
          return;
        }
        text.append(separator);
        quote(String.valueOf(entry.getKey()));
        text.append(':');
        add(entry.getValue());
        separator = ",";
      }
      text.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof Iterable<?> items) {
      String separator = "";
      text.append('[');
      for (Object item : items) {
        if (text.length() > longest) {
          return;
        }
        text.append(separator);
        add(item);
        separator = ",";
      }
      text.append(']');
    } else if (value instanceof String string) {
      quote(string);
    } else {
      text.append(value);
    }
  }

  private void quote(String string) {
    text.append('"');
    for (int i = 0; i < string.length() && text.length() <= longest; i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(c);
      }
    }
    text.append('"');
  }
}

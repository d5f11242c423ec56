package io.testmesh.result;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON-like values for people: compact JSON, long values cut. */
final class ValueText {
  private final StringBuilder to;
  private final int end;

  private ValueText(StringBuilder to, int limit) {
    this.to = to;
    this.end = to.length() + limit;
  }

  /**
   * Writes a value as JSON, cut after about that many characters; a cut is marked.
   *
   * @param limit how many characters are enough
   */
  static void render(StringBuilder to, @Nullable Object value, int limit) {
    ValueText text = new ValueText(to, limit);
    text.value(value);
    if (text.isFull()) {
      // Never in the middle of a surrogate pair.
      int cut = Character.isHighSurrogate(to.charAt(text.end - 1)) ? text.end - 1 : text.end;
      to.setLength(cut);
      to.append("… (cut)");
    }
  }

  /** The word that flows use for the type of a value. */
  static String type(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof CharSequence) {
      return "text";
    }
    if (value instanceof Number) {
      return "number";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    if (value instanceof List<?> list) {
      return list.size() == 1 ? "list of 1" : "list of " + list.size();
    }
    return "map";
  }

  private boolean isFull() {
    return to.length() > end;
  }

  private void value(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map(map);
    } else if (value instanceof List<?> list) {
      list(list);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      to.append(value);
    } else {
      quoted(value.toString());
    }
  }

  private void map(Map<?, ?> map) {
    to.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext() && !isFull()) {
      Map.Entry<?, ?> entry = entries.next();
      quoted(String.valueOf(entry.getKey()));
      to.append(':');
      value(entry.getValue());
      if (entries.hasNext()) {
        to.append(',');
      }
    }
    to.append('}');
  }

  private void list(List<?> list) {
    to.append('[');
    for (int i = 0; i < list.size() && !isFull(); i++) {
      if (i > 0) {
        to.append(',');
      }
      value(list.get(i));
    }
    to.append(']');
  }

  private void quoted(String text) {
    to.append('"');
    for (int i = 0; i < text.length() && !isFull(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> to.append("\\\"");
        case '\\' -> to.append("\\\\");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        default -> PlainText.append(to, c);
      }
    }
    to.append('"');
  }
}

package io.testmesh.cli;

import io.testmesh.action.JsonFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON with one key or item a line. */
final class IndentedJson {
  private final JsonFormat json;
  private final StringBuilder text = new StringBuilder();

  IndentedJson(JsonFormat json) {
    this.json = json;
  }

  /** The value as lines. */
  String render(@Nullable Object value) {
    add(value, "\n");
    return text.append('\n').toString();
  }

  private void add(@Nullable Object value, String lineStart) {
    String inner = lineStart + "  ";
    String separator = "";
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      text.append('{');
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(separator).append(inner);
        text.append(json.render(String.valueOf(entry.getKey()))).append(": ");
        add(entry.getValue(), inner);
        separator = ",";
      }
      text.append(lineStart).append('}');
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      text.append('[');
      for (Object item : list) {
        text.append(separator).append(inner);
        add(item, inner);
        separator = ",";
      }
      text.append(lineStart).append(']');
    } else {
      text.append(json.render(value));
    }
  }
}

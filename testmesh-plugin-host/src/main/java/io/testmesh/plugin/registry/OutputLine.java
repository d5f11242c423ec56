package io.testmesh.plugin.registry;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of a plugin's output.
 *
 * @param time when it was read
 * @param stream {@code stdout} or {@code stderr}; {@code host} for what the host itself says
 * @param text the line
 */
public record OutputLine(Instant time, String stream, String text) {
  /** Checks that the parts are present. */
  public OutputLine {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(text, "text");
  }

  /** How grave it is, where the line says so: debug, info, warn, error; else null. */
  public @Nullable String level() {
    return LineLevel.of(text);
  }

  /** JSON-like: time, stream, text, and the level where the line says so. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("time", time.toString());
    map.put("stream", stream);
    map.put("text", text);
    String level = level();
    if (level != null) {
      map.put("level", level);
    }
    return map;
  }
}

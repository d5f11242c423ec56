package io.testmesh.result;

import java.time.Instant;
import java.util.Objects;

/**
 * A line that an action wrote.
 *
 * @param level how important it is
 * @param message the text, secrets masked
 * @param time when it was written
 * @since 0.1
 */
public record LogEntry(Level level, String message, Instant time) {

  /** Checks that the parts are present. */
  public LogEntry {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(time, "time");
  }
}

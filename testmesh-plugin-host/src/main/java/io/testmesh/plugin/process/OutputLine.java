package io.testmesh.plugin.process;

import java.time.Instant;
import java.util.Objects;

/**
 * A line of a plugin's output.
 *
 * @param time when it was read
 * @param stream {@code stdout}, {@code stderr}, or {@code host} for what the host notes
 * @param text without control characters
 */
public record OutputLine(Instant time, String stream, String text) {
  /** What the plugin wrote to its standard output. */
  public static final String STDOUT = "stdout";

  /** What the plugin wrote to its standard error. */
  public static final String STDERR = "stderr";

  /** What the host notes about the plugin. */
  public static final String HOST = "host";

  /** Checks that the parts are present. */
  public OutputLine {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(text, "text");
  }
}

package io.testmesh.plugin.protocol;

import io.testmesh.result.Level;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin said about a call. Immutable.
 *
 * @param output what the action gave
 * @param failure why it failed; null when it succeeded
 * @param logs what it logged
 * @param metrics what it measured
 * @param oddities what was wrong about the answer and did no harm
 */
public record ExecuteAnswer(
    Map<String, @Nullable Object> output,
    @Nullable Failure failure,
    List<Log> logs,
    Map<String, Number> metrics,
    List<String> oddities) {

  /** Copies the collections. */
  public ExecuteAnswer {
    output = Collections.unmodifiableMap(new LinkedHashMap<>(output));
    logs = List.copyOf(logs);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    oddities = List.copyOf(oddities);
  }

  /**
   * Why an action failed.
   *
   * @param code the plugin's own code; null when it gave none
   * @param message the plugin's words; null when it gave none
   * @param details what else it said
   */
  public record Failure(
      @Nullable String code, @Nullable String message, Map<String, @Nullable Object> details) {
    /** Copies the map. */
    public Failure {
      details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
  }

  /**
   * A line that the plugin logged.
   *
   * @param time null when it gave none
   */
  public record Log(Level level, String message, @Nullable Instant time) {}
}

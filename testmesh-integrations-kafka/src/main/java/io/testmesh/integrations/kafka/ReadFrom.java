package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a step begins to read. */
sealed interface ReadFrom {
  String WANTED = "flow_start, beginning, latest, an instant, or a map of partitions and offsets";

  /** With what came since the flow began. */
  record SinceFlowStart() implements ReadFrom {}

  /** With the oldest message. */
  record Beginning() implements ReadFrom {}

  /** With the next message. */
  record Latest() implements ReadFrom {}

  /**
   * With the first message at or after a time.
   *
   * @param time the time of the message
   */
  record Since(Instant time) implements ReadFrom {}

  /**
   * With these offsets, in no other partition.
   *
   * @param offsets by partition
   */
  record Offsets(Map<Integer, Long> offsets) implements ReadFrom {}

  /**
   * What a configuration says.
   *
   * @param value the value of {@code from}; null when it is left out
   * @param fromBeginning the value of the older key
   * @throws ActionException code {@code invalid_value}
   */
  static ReadFrom of(@Nullable Object value, boolean fromBeginning) throws ActionException {
    if (value == null) {
      return fromBeginning ? new Beginning() : new SinceFlowStart();
    }
    if (fromBeginning) {
      throw invalid("\"from\" and \"from_beginning\" exclude each other");
    }
    if (value instanceof Map<?, ?> map) {
      return new Offsets(offsets(map));
    }
    return switch (value.toString()) {
      case "flow_start" -> new SinceFlowStart();
      case "beginning", "earliest" -> new Beginning();
      case "latest" -> new Latest();
      default -> since(value.toString());
    };
  }

  private static ReadFrom since(String text) throws ActionException {
    try {
      return new Since(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw invalid("\"from\" wants " + WANTED + ", got \"" + text + "\"");
    }
  }

  private static Map<Integer, Long> offsets(Map<?, ?> map) throws ActionException {
    Map<Integer, Long> offsets = new HashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      try {
        offsets.put(
            Integer.parseUnsignedInt(String.valueOf(entry.getKey())),
            Long.parseUnsignedLong(String.valueOf(entry.getValue())));
      } catch (NumberFormatException e) {
        throw invalid(
            "\"from\" wants partitions and offsets, got {"
                + entry.getKey()
                + ": "
                + entry.getValue()
                + "}");
      }
    }
    if (offsets.isEmpty()) {
      throw invalid("\"from\" names no partition");
    }
    return Map.copyOf(offsets);
  }

  private static ActionException invalid(String message) {
    return new ActionException(ActionException.INVALID_VALUE, message).at("from");
  }
}

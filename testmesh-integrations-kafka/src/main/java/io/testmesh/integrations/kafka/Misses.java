package io.testmesh.integrations.kafka;

import io.testmesh.integrations.common.JsonPreview;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages that came nearest to what was wanted. Belongs to one step. */
final class Misses {
  private static final int KEPT = 3;
  private static final int LONGEST_VALUE = 120;

  /** The nearest first, of those the latest. */
  private final List<Miss> nearest = new ArrayList<>();

  private record Miss(Map<String, @Nullable Object> message, List<String> faults) {}

  void add(Map<String, @Nullable Object> message, List<String> faults) {
    nearest.add(0, new Miss(message, List.copyOf(faults)));
    nearest.sort(Comparator.comparingInt(miss -> miss.faults().size()));
    if (nearest.size() > KEPT) {
      nearest.remove(KEPT);
    }
  }

  /** For people; empty when every message was wanted. */
  String words() {
    StringBuilder words = new StringBuilder();
    for (Miss miss : nearest) {
      words
          .append("\n  not wanted: ")
          .append(miss.message.get("topic"))
          .append(" partition ")
          .append(miss.message.get("partition"))
          .append(" offset ")
          .append(miss.message.get("offset"))
          .append(", ")
          .append(JsonPreview.of(miss.message.get("value"), LONGEST_VALUE))
          .append(": ")
          .append(String.join("; ", miss.faults));
    }
    return words.toString();
  }

  /** For tools. */
  List<Object> values() {
    List<Object> values = new ArrayList<>();
    for (Miss miss : nearest) {
      Map<String, @Nullable Object> value = new LinkedHashMap<>();
      value.put("topic", miss.message.get("topic"));
      value.put("partition", miss.message.get("partition"));
      value.put("offset", miss.message.get("offset"));
      value.put("why", miss.faults);
      values.add(value);
    }
    return values;
  }
}

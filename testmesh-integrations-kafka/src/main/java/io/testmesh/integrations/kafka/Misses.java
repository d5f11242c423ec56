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

  private final Matcher matcher;

  /** The nearest first, of those the latest. */
  private final List<Miss> nearest = new ArrayList<>();

  private record Miss(Map<String, @Nullable Object> message, int unmet) {}

  Misses(Matcher matcher) {
    this.matcher = matcher;
  }

  /**
   * Adds a message that is not wanted.
   *
   * @param unmet how many conditions it does not meet
   */
  void add(Map<String, @Nullable Object> message, int unmet) {
    nearest.add(0, new Miss(message, unmet));
    nearest.sort(Comparator.comparingInt(Miss::unmet));
    if (nearest.size() > KEPT) {
      nearest.remove(KEPT);
    }
  }

  /**
   * For people, each on lines of its own; empty when every message was wanted.
   *
   * @param withTopic whether there are several topics
   */
  String words(boolean withTopic) {
    StringBuilder words = new StringBuilder();
    for (Miss miss : nearest) {
      words
          .append(withTopic ? "\n" + miss.message.get("topic") + " partition " : "\npartition ")
          .append(miss.message.get("partition"))
          .append(" offset ")
          .append(miss.message.get("offset"))
          .append(": ")
          .append(JsonPreview.of(miss.message.get("value"), LONGEST_VALUE));
      for (String fault : matcher.faults(miss.message)) {
        words.append("\n  ").append(fault);
      }
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
      value.put("why", matcher.faults(miss.message));
      values.add(value);
    }
    return values;
  }
}

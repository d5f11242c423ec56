package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.flow.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code retry} of a step or of the flow's config. */
final class RetryLoader {
  static final int MOST_ATTEMPTS = 100;
  static final List<String> KEYS =
      List.of("max_attempts", "delay", "backoff", "max_delay", "retry_on", "retry_on_not");
  static final List<String> BACKOFFS = List.of("exponential", "linear", "constant");

  private final Problems problems;

  RetryLoader(Problems problems) {
    this.problems = problems;
  }

  /** The retry of the map, or null where it has none that can be used. */
  @Nullable Retry read(MapReader parent) {
    YamlMap.Entry entry = parent.entry("retry");
    if (entry == null) {
      return null;
    }
    if (!(entry.value() instanceof YamlMap map)) {
      boolean number = entry.value().value() instanceof Number;
      problems.wrongType(
          entry,
          "a map with \"max_attempts\"",
          number
              ? "write {max_attempts: " + problems.document().written(entry.value()) + "}"
              : null);
      return null;
    }
    MapReader reader =
        new MapReader(
            problems, map, parent.subject().key("retry"), problems.document().span(entry), KEYS);
    reader.require("max_attempts", null);
    Retry defaults = Retry.attempts(attempts(reader));
    Duration delay = reader.pause("delay");
    Duration maxDelay = reader.pause("max_delay");
    return new Retry(
        defaults.maxAttempts(),
        Objects.requireNonNullElse(delay, defaults.delay()),
        backoff(reader.choice("backoff", BACKOFFS), defaults.backoff()),
        Objects.requireNonNullElse(maxDelay, defaults.maxDelay()),
        conditions(reader, "retry_on"),
        conditions(reader, "retry_on_not"));
  }

  private int attempts(MapReader reader) {
    YamlMap.Entry entry = reader.entry("max_attempts");
    Long attempts = reader.integer("max_attempts");
    if (entry == null || attempts == null) {
      return 1;
    }
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      problems.invalid(entry, "a number from 1 to " + MOST_ATTEMPTS, null);
      return 1;
    }
    return attempts.intValue();
  }

  private static Retry.Backoff backoff(@Nullable String word, Retry.Backoff otherwise) {
    if (word == null) {
      return otherwise;
    }
    return switch (word) {
      case "linear" -> Retry.Backoff.LINEAR;
      case "constant" -> Retry.Backoff.CONSTANT;
      default -> Retry.Backoff.EXPONENTIAL;
    };
  }

  private List<Retry.Condition> conditions(MapReader reader, String key) {
    YamlList list = reader.list(key, "a list of expressions or words", "timeout");
    if (list == null) {
      return List.of();
    }
    if (list.items().isEmpty()) {
      problems.add(
          Problems.INVALID_VALUE,
          problems.document().span(list),
          "\"" + key + "\" is empty",
          "leave the key out, or name what it is about");
    }
    List<Retry.Condition> conditions = new ArrayList<>(list.items().size());
    for (YamlNode item : list.items()) {
      if (item.value() instanceof String text) {
        String word = text.equals("connection_error") ? "connection_failed" : text;
        conditions.add(new Retry.Condition(word, problems.document().tree(item)));
      } else {
        problems.wrongType(
            "an item of \"" + key + "\"",
            problems.document().span(item),
            "an expression, timeout, connection_error or assertion",
            item,
            null);
      }
    }
    return conditions;
  }
}

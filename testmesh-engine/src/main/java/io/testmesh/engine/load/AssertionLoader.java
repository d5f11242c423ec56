package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.flow.Assertion;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code when} and the lists of assertions; the expressions stay texts. */
final class AssertionLoader {
  private static final String WANTED = "an expression";
  private static final String LIST_WANTED = "a list of expressions";
  static final List<String> KEYS = List.of("expression", "message");

  private final Problems problems;

  AssertionLoader(Problems problems) {
    this.problems = problems;
  }

  void read(MapReader reader, Step.Builder step) {
    Assertion when = when(reader);
    if (when != null) {
      step.when(when);
    }
    for (Assertion assertion : list(reader, "assert")) {
      step.expect(assertion);
    }
    for (Assertion assertion : list(reader, "assert_any")) {
      step.expectAny(assertion);
    }
    for (Assertion assertion : list(reader, "assert_none")) {
      step.expectNone(assertion);
    }
  }

  private @Nullable Assertion when(MapReader reader) {
    YamlMap.Entry entry = reader.entry("when");
    if (entry == null) {
      return null;
    }
    String expression = expression(entry.value());
    if (expression == null) {
      problems.wrongType(entry, WANTED, mapHint(entry.value()));
      return null;
    }
    return new Assertion(expression, null, problems.document().tree(entry));
  }

  private List<Assertion> list(MapReader reader, String key) {
    YamlList list = reader.list(key, LIST_WANTED, "status == 200");
    if (list == null) {
      return List.of();
    }
    if (list.items().isEmpty()) {
      problems.add(
          Problems.NOTHING_ASSERTED,
          problems.document().span(list),
          "\"" + key + "\" of " + reader.subject() + " is empty: nothing would be asserted",
          "leave the key out, or write at least one expression");
    }
    List<Assertion> assertions = new ArrayList<>(list.items().size());
    for (YamlNode item : list.items()) {
      Assertion assertion = item(reader, key, item);
      if (assertion != null) {
        assertions.add(assertion);
      }
    }
    return assertions;
  }

  private @Nullable Assertion item(MapReader step, String key, YamlNode item) {
    if (item instanceof YamlMap map && isLongForm(map)) {
      return longForm(step, key, map);
    }
    String expression = expression(item);
    if (expression == null) {
      problems.wrongType(
          "an item of \"" + key + "\"",
          problems.document().span(item),
          "an expression or {expression, message}",
          item,
          mapHint(item));
      return null;
    }
    return new Assertion(expression, null, problems.document().tree(item));
  }

  /** {@code - status: 200} is a map by mistake, not a long form with unknown keys. */
  private static boolean isLongForm(YamlMap map) {
    return map.entries().size() != 1
        || map.entry("expression") != null
        || map.entry("message") != null;
  }

  private @Nullable Assertion longForm(MapReader step, String key, YamlMap map) {
    MapReader reader =
        new MapReader(
            problems,
            map,
            new Subject("an item of", key, step.subject()),
            problems.document().span(map),
            KEYS);
    reader.require("expression", null);
    String message = reader.text("message");
    YamlMap.Entry entry = reader.entry("expression");
    if (entry == null) {
      return null;
    }
    String expression = expression(entry.value());
    if (expression == null) {
      problems.wrongType(entry, WANTED, null);
      return null;
    }
    SourceTree source = problems.document().tree(entry);
    return new Assertion(expression, message, source);
  }

  /** The text of an expression; a bare {@code true} or {@code false} is one too. */
  private static @Nullable String expression(YamlNode node) {
    Object value = node.value();
    return value instanceof Boolean ? value.toString() : value instanceof String text ? text : null;
  }

  /** A text with a colon and a blank is a map in YAML, which surprises people. */
  private static @Nullable String mapHint(YamlNode node) {
    return node instanceof YamlMap ? "put an expression that holds \": \" in quotes" : null;
  }
}

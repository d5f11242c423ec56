package io.testmesh.engine.check;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.engine.value.JsonValues;
import io.testmesh.flow.Assertion;
import io.testmesh.flow.SourceTree;
import io.testmesh.result.AssertionResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a configuration against a descriptor and parses its parts. Belongs to one thread. */
final class ConfigCompiler implements ConfigValues.Report {
  private final ProblemList problems;
  private final FlowTexts texts;
  private final @Nullable Path folder;
  private final Map<List<Object>, CompiledExpression> expressions = new LinkedHashMap<>();
  private final Map<List<Object>, List<CompiledAssertion>> assertions = new LinkedHashMap<>();

  /**
   * A compiler for one configuration.
   *
   * @param folder the flow's folder, for files; null for a flow made in Java
   */
  ConfigCompiler(ProblemList problems, FlowTexts texts, @Nullable Path folder) {
    this.problems = problems;
    this.texts = texts;
    this.folder = folder;
  }

  /**
   * Compiles a step's configuration.
   *
   * @param blocks the keys whose steps were read before
   */
  CompiledConfig compile(
      ActionDescriptor descriptor,
      Map<String, @Nullable Object> config,
      SourceTree place,
      Set<String> blocks) {
    Map<String, @Nullable Object> all = config;
    if (!blocks.isEmpty()) {
      all = new LinkedHashMap<>(config);
      for (String block : blocks) {
        all.put(block, List.of());
      }
    }
    Map<String, @Nullable Object> values =
        ConfigValues.written(this)
            .object(
                descriptor.keys(),
                descriptor.isPolling() ? PollingChecker.KEYS : List.of(),
                descriptor.isConfigOpen(),
                all,
                place,
                "the config of " + descriptor.id());
    Map<String, String> spellings = spellings(descriptor, config);
    List<CompiledConfig.Entry> entries = new ArrayList<>(values.size());
    for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
      String name = entry.getKey();
      if (blocks.contains(name)) {
        continue;
      }
      ConfigKey known = ConfigValues.findExactly(descriptor.keys(), name);
      ConfigKey key = known == null ? ConfigKey.optional(name, ConfigType.ANY, "") : known;
      String written = config.containsKey(name) ? name : spellings.get(name);
      SourceTree at = written == null ? place : place.at(written);
      ValueTemplate template = parse(key.type(), entry.getValue(), at, List.of(name));
      entries.add(new CompiledConfig.Entry(key, template, entry.getValue(), at, written != null));
    }
    return new CompiledConfig(descriptor, entries, expressions, assertions);
  }

  /** The other spellings that the author chose, by the keys' one spelling. */
  private static Map<String, String> spellings(ActionDescriptor descriptor, Map<String, ?> config) {
    if (descriptor.isConfigOpen()) {
      return Map.of();
    }
    Map<String, String> spellings = Map.of();
    for (String written : config.keySet()) {
      ConfigKey key = ConfigValues.find(descriptor.keys(), written);
      if (key != null && !key.name().equals(written)) {
        spellings = spellings.isEmpty() ? new HashMap<>() : spellings;
        spellings.putIfAbsent(key.name(), written);
      }
    }
    return spellings;
  }

  @Override
  public void oddKey(String message, String hint, SourceTree place) {
    problems.warning("unknown_key", message + "; it is sent as it is", place, place.key(), hint);
  }

  @Override
  public void secret(@Nullable Object value) {
    problems.secret(value);
  }

  @Override
  public void problem(
      String code, String message, @Nullable String hint, SourceTree place, boolean atKey) {
    problems.error(code, message, place, atKey ? place.key() : place.value(), hint);
  }

  private ValueTemplate parse(
      ConfigType type, @Nullable Object value, SourceTree place, List<Object> path) {
    if (type == ConfigType.EXPRESSION) {
      expression(value, place, path);
      return ValueTemplate.constant(value);
    }
    if (type == ConfigType.ASSERTIONS) {
      assertions(value, place, path);
      return ValueTemplate.constant(value);
    }
    if (type == ConfigType.FILE) {
      file(value, place);
    }
    if (type instanceof ConfigType.OneOf oneOf) {
      return parse(chosen(oneOf, value), value, place, path);
    }
    if (JsonValues.isScalar(value)) {
      return texts.value(value, place);
    }
    if (value instanceof Map<?, ?> map && holdsExpressions(type)) {
      return map(type, map, place, path);
    }
    if (value instanceof List<?> list
        && type instanceof ConfigType.ListOf listOf
        && hasParts(listOf.item())) {
      List<ValueTemplate> items = new ArrayList<>();
      for (Object item : list) {
        items.add(parse(listOf.item(), item, place.at(items.size()), with(path, items.size())));
      }
      return ValueTemplate.items(items);
    }
    if (value instanceof Map<?, ?> map && type instanceof ConfigType.ObjectOf) {
      return map(type, map, place, path);
    }
    return texts.value(value, place);
  }

  private ValueTemplate map(ConfigType type, Map<?, ?> map, SourceTree place, List<Object> path) {
    Map<String, ValueTemplate> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      ConfigType valueType = ConfigType.ANY;
      if (type instanceof ConfigType.MapOf mapOf) {
        valueType = mapOf.value();
      } else if (type instanceof ConfigType.ObjectOf object) {
        ConfigKey known = ConfigValues.find(object.keys(), key);
        valueType = known == null ? ConfigType.ANY : known.type();
      }
      entries.put(key, parse(valueType, entry.getValue(), place.at(key), with(path, key)));
    }
    return ValueTemplate.entries(entries);
  }

  /** Whether the values of a map have to be looked at one by one. */
  private static boolean holdsExpressions(ConfigType type) {
    return type instanceof ConfigType.MapOf mapOf && hasParts(mapOf.value());
  }

  private static boolean hasParts(ConfigType type) {
    return type == ConfigType.EXPRESSION
        || type == ConfigType.ASSERTIONS
        || type == ConfigType.FILE
        || type instanceof ConfigType.ObjectOf
        || type instanceof ConfigType.OneOf
        || type instanceof ConfigType.ListOf list && hasParts(list.item())
        || holdsExpressions(type);
  }

  /** The type of a one-of that the value is of by its form. */
  private static ConfigType chosen(ConfigType.OneOf oneOf, @Nullable Object value) {
    for (ConfigType type : oneOf.types()) {
      if (ConfigValues.fits(type, value)) {
        return type;
      }
    }
    return ConfigType.ANY;
  }

  private static List<Object> with(List<Object> path, Object last) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(last);
    return List.copyOf(longer);
  }

  private void expression(@Nullable Object value, SourceTree place, List<Object> path) {
    if (value instanceof String text) {
      CompiledExpression compiled = texts.compiled(text, place);
      if (compiled != null) {
        expressions.put(path, compiled);
      }
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      expressions.put(path, CompiledExpression.literal(value, place));
    } else {
      problems.error(
          "wrong_type",
          "\""
              + path.get(path.size() - 1)
              + "\" wants an expression or a path, got "
              + ConfigValues.shown(value),
          place,
          place.value(),
          null);
    }
  }

  private void assertions(@Nullable Object value, SourceTree place, List<Object> path) {
    String name = String.valueOf(path.get(path.size() - 1));
    if (!(value instanceof List<?> list)) {
      problems.error(
          "wrong_type",
          "\"" + name + "\" wants a list of assertions, got " + ConfigValues.shown(value),
          place,
          place.value(),
          value instanceof String ? "write it as a list: [" + value + "]" : null);
      return;
    }
    if (list.isEmpty()) {
      problems.error(
          "nothing_asserted",
          "\"" + name + "\" is empty: nothing would be checked",
          place,
          place.key(),
          "write an assertion, or leave \"" + name + "\" out");
    }
    List<CompiledAssertion> compiled = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      CompiledAssertion assertion = assertion(list.get(i), place.at(i), name);
      if (assertion != null) {
        compiled.add(assertion);
      }
    }
    assertions.put(path, compiled);
  }

  private @Nullable CompiledAssertion assertion(
      @Nullable Object item, SourceTree place, String name) {
    if (item instanceof String || item instanceof Boolean) {
      return texts.assertion(AssertionResult.Kind.ALL, new Assertion(item.toString(), null, place));
    }
    if (item instanceof Map<?, ?> map
        && map.get("expression") instanceof String expression
        && (map.size() == 1 || map.size() == 2 && map.get("message") instanceof String)) {
      Object message = map.get("message");
      return texts.assertion(
          AssertionResult.Kind.ALL,
          new Assertion(
              expression, message == null ? null : message.toString(), place.at("expression")));
    }
    problems.error(
        "wrong_type",
        "each of \""
            + name
            + "\" wants an expression or {expression, message}, got "
            + ConfigValues.shown(item),
        place,
        place.value(),
        null);
    return null;
  }

  private void file(@Nullable Object value, SourceTree place) {
    if (value instanceof String text
        && folder != null
        && !TextTemplate.isDynamic(text)
        && !Files.exists(folder.resolve(text))) {
      problems.error(
          "file_not_found",
          "the file \"" + text + "\" is not there",
          place,
          place.value(),
          "paths are seen from the flow's folder");
    }
  }
}

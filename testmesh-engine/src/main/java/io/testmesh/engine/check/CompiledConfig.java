package io.testmesh.engine.check;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.scope.Masking;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.engine.value.JsonMap;
import io.testmesh.flow.SourceTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A step's configuration, held against the action's descriptor as far as that is possible before
 * the run. Immutable. Without placeholders every attempt gets the same values.
 */
public final class CompiledConfig {
  private final ActionDescriptor descriptor;
  private final List<Entry> entries;
  private final Map<List<Object>, CompiledExpression> expressions;
  private final Map<List<Object>, List<CompiledAssertion>> assertions;
  private final List<ConfigKey> secretKeys;
  private final @Nullable RenderedConfig constant;

  CompiledConfig(
      ActionDescriptor descriptor,
      List<Entry> entries,
      Map<List<Object>, CompiledExpression> expressions,
      Map<List<Object>, List<CompiledAssertion>> assertions) {
    this.descriptor = descriptor;
    this.entries = List.copyOf(entries);
    this.expressions = copy(expressions);
    this.assertions = copy(assertions);
    this.secretKeys = secretKeys(entries);
    this.constant = isConstant(entries) ? constant(entries) : null;
  }

  private static <V> Map<List<Object>, V> copy(Map<List<Object>, V> parts) {
    return parts.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** The keys with secrets that are found out at run time; the others the check has noted. */
  private static List<ConfigKey> secretKeys(List<Entry> entries) {
    List<ConfigKey> keys = List.of();
    for (Entry entry : entries) {
      boolean isPlain = entry.value instanceof String text && !TextTemplate.isDynamic(text);
      if (!isPlain && hasSecrets(entry.key)) {
        keys = keys.isEmpty() ? new ArrayList<>() : keys;
        keys.add(entry.key);
      }
    }
    return keys;
  }

  private static boolean isConstant(List<Entry> entries) {
    for (Entry entry : entries) {
      if (!entry.template.isConstant()) {
        return false;
      }
    }
    return true;
  }

  private RenderedConfig constant(List<Entry> parts) {
    LinkedHashMap<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Entry entry : parts) {
      values.put(entry.key.name(), entry.value);
    }
    return new RenderedConfig(this, descriptor, JsonMap.takeOver(values));
  }

  /** The values that may hold placeholders. */
  public List<ValueTemplate> templates() {
    List<ValueTemplate> templates = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      templates.add(entry.template);
    }
    return templates;
  }

  /** The names that it reads, as it was written. */
  public List<Expression.Reference> references(Predicate<String> isStepId) {
    List<Expression.Reference> references = new ArrayList<>();
    for (ValueTemplate template : templates()) {
      for (ValueTemplate.PlacedText text : template.texts()) {
        references.addAll(text.template().references(isStepId));
      }
    }
    return references;
  }

  /** What was written, under the declared spellings, and the defaults. */
  public Map<String, @Nullable Object> written() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Entry entry : entries) {
      values.put(entry.key.name(), entry.value);
    }
    return Collections.unmodifiableMap(values);
  }

  /** A key with what was written; null when the step does not give it and it has no default. */
  @Nullable Entry entry(String key) {
    for (Entry entry : entries) {
      if (entry.key.name().equals(key)) {
        return entry;
      }
    }
    return null;
  }

  /**
   * Where a value stands.
   *
   * @param path a key, then keys and indexes inside of its value
   * @return null when the step does not give the key
   */
  public @Nullable SourceTree place(List<Object> path) {
    Entry entry = path.isEmpty() ? null : entry(String.valueOf(path.get(0)));
    return entry == null || !entry.isWritten()
        ? null
        : entry.place().at(path.subList(1, path.size()).toArray());
  }

  /**
   * A value as it was written.
   *
   * @param path a key, then keys and indexes inside of its value
   * @return null when there is no such value
   */
  public @Nullable Object written(List<Object> path) {
    Entry entry = path.isEmpty() ? null : entry(String.valueOf(path.get(0)));
    Object value = entry == null ? null : entry.value();
    for (int i = 1; i < path.size(); i++) {
      if (value instanceof Map<?, ?> map) {
        value = map.get(path.get(i));
      } else if (value instanceof List<?> list
          && path.get(i) instanceof Integer index
          && index < list.size()) {
        value = list.get(index);
      } else {
        return null;
      }
    }
    return value;
  }

  /** The expressions in it, by path. */
  public Map<List<Object>, CompiledExpression> expressions() {
    return expressions;
  }

  /** The lists of assertions in it, by path. */
  public Map<List<Object>, List<CompiledAssertion>> assertions() {
    return assertions;
  }

  /**
   * Fills in the placeholders and holds the values against the descriptor.
   *
   * @param masking is told the values of secret keys
   * @throws TemplateException when a placeholder has no value
   * @throws ConfigException when a value does not fit
   */
  public RenderedConfig render(Environment environment, Masking masking)
      throws TemplateException, ConfigException {
    RenderedConfig config = constant;
    if (config == null) {
      config = new RenderedConfig(this, descriptor, values(environment, masking));
    }
    if (!secretKeys.isEmpty()) {
      addSecrets(secretKeys, config.values(), masking);
    }
    return config;
  }

  /**
   * The values with those placeholders filled in whose names a test accepts, held against nothing.
   *
   * @param masking is told the values of secret keys
   */
  public Map<String, @Nullable Object> renderPartly(
      Environment environment, Predicate<List<Expression.Reference>> isKnown, Masking masking) {
    LinkedHashMap<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Entry entry : entries) {
      values.put(
          entry.key.name(),
          entry.template.isConstant()
              ? entry.value
              : entry.template.renderPartly(environment, isKnown));
    }
    addSecrets(secretKeys, values, masking);
    return JsonMap.takeOver(values);
  }

  private JsonMap values(Environment environment, Masking masking)
      throws TemplateException, ConfigException {
    LinkedHashMap<String, @Nullable Object> values =
        new LinkedHashMap<>(entries.size() * 4 / 3 + 1);
    for (Entry entry : entries) {
      values.put(
          entry.key.name(),
          entry.template.isConstant() ? entry.value : entry.render(environment, masking));
    }
    return JsonMap.takeOver(values);
  }

  /**
   * A key with its value.
   *
   * @param key the key as it is declared
   * @param template the value as it was written
   * @param value the value of a constant, converted
   * @param place where the value stands; the whole configuration for a default
   * @param isWritten whether the step gives it
   */
  record Entry(
      ConfigKey key,
      ValueTemplate template,
      @Nullable Object value,
      SourceTree place,
      boolean isWritten) {

    @Nullable Object render(Environment environment, Masking masking)
        throws TemplateException, ConfigException {
      Object rendered = template.render(environment);
      ConfigType type = key.type();
      if (key.isSecret()) {
        masking.add(rendered);
      }
      if (type == ConfigType.ANY || type == ConfigType.TEXT && rendered instanceof String) {
        return rendered;
      }
      ConfigException.Collector problems = new ConfigException.Collector(masking);
      Object converted = ConfigValues.rendered(problems).convert(type, rendered, place, key.name());
      problems.throwIfAny();
      return converted;
    }
  }

  private static boolean hasSecrets(ConfigKey key) {
    if (key.isSecret()) {
      return true;
    }
    for (ConfigKey inner : nested(key.type())) {
      if (hasSecrets(inner)) {
        return true;
      }
    }
    return false;
  }

  private static List<ConfigKey> nested(ConfigType type) {
    if (type instanceof ConfigType.ObjectOf object) {
      return object.keys();
    }
    if (type instanceof ConfigType.OneOf oneOf) {
      List<ConfigKey> keys = new ArrayList<>();
      for (ConfigType candidate : oneOf.types()) {
        keys.addAll(nested(candidate));
      }
      return keys;
    }
    return type instanceof ConfigType.ListOf list ? nested(list.item()) : List.of();
  }

  private static void addSecrets(List<ConfigKey> keys, @Nullable Object values, Masking masking) {
    if (values instanceof List<?> items) {
      for (Object item : items) {
        addSecrets(keys, item, masking);
      }
    } else if (values instanceof Map<?, ?> map) {
      for (ConfigKey key : keys) {
        // Most keys are plain: they are not even looked up.
        boolean isPlain = !key.isSecret() && key.type() instanceof ConfigType.Simple;
        Object value = isPlain ? null : map.get(key.name());
        if (value != null && key.isSecret()) {
          masking.add(value);
        } else if (value != null) {
          List<ConfigKey> inner = nested(key.type());
          if (!inner.isEmpty()) {
            addSecrets(inner, value, masking);
          }
        }
      }
    }
  }
}

package io.testmesh.engine.check;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.scope.Masking;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.SourceTree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step's configuration, held against the action's descriptor as far as that is possible before
 * the run. Immutable. Without placeholders every attempt gets the same values.
 */
public final class CompiledConfig {
  private final ActionDescriptor descriptor;
  private final ValueTemplate template;
  private final SourceTree place;
  private final Map<List<Object>, CompiledExpression> expressions;
  private final Map<List<Object>, List<CompiledAssertion>> assertions;
  private final boolean hasSecrets;
  private final @Nullable RenderedConfig constant;

  CompiledConfig(
      ActionDescriptor descriptor,
      ValueTemplate template,
      SourceTree place,
      Map<List<Object>, CompiledExpression> expressions,
      Map<List<Object>, List<CompiledAssertion>> assertions,
      @Nullable Map<String, @Nullable Object> constantValues) {
    this.descriptor = descriptor;
    this.template = template;
    this.place = place;
    this.expressions = Collections.unmodifiableMap(new LinkedHashMap<>(expressions));
    this.assertions = Collections.unmodifiableMap(new LinkedHashMap<>(assertions));
    this.hasSecrets = hasSecrets(descriptor.keys());
    this.constant =
        constantValues == null ? null : new RenderedConfig(this, descriptor, constantValues);
  }

  /** The texts with placeholders. */
  public ValueTemplate template() {
    return template;
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
      Map<?, ?> rendered = (Map<?, ?>) template.render(environment);
      ConfigException.Collector problems = new ConfigException.Collector();
      Map<String, @Nullable Object> values =
          ConfigValues.rendered(problems)
              .object(
                  descriptor.keys(),
                  rendered == null ? Map.of() : rendered,
                  place,
                  descriptor.id());
      problems.throwIfAny();
      config = new RenderedConfig(this, descriptor, values);
    }
    if (hasSecrets) {
      addSecrets(descriptor.keys(), config.values(), masking);
    }
    return config;
  }

  private static boolean hasSecrets(List<ConfigKey> keys) {
    for (ConfigKey key : keys) {
      if (key.isSecret() || hasSecrets(nested(key.type()))) {
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
      List<ConfigKey> keys = new java.util.ArrayList<>();
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
        Object value = map.get(key.name());
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

package io.testmesh.engine.check;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.engine.value.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A configuration with its placeholders filled in. Immutable. */
public final class RenderedConfig implements ActionConfig {
  private final CompiledConfig compiled;
  private final ActionDescriptor descriptor;
  private final Map<String, @Nullable Object> values;

  RenderedConfig(
      CompiledConfig compiled, ActionDescriptor descriptor, Map<String, @Nullable Object> values) {
    this.compiled = compiled;
    this.descriptor = descriptor;
    this.values = values;
  }

  @Override
  public Map<String, @Nullable Object> values() {
    return values;
  }

  @Override
  public boolean has(String key) {
    return values.containsKey(key);
  }

  @Override
  public @Nullable Object value(String key) {
    return values.get(key);
  }

  @Override
  public String text(String key) {
    return require(String.class, key);
  }

  @Override
  public Optional<String> optionalText(String key) {
    return Optional.ofNullable(find(String.class, key));
  }

  @Override
  public long integer(String key) {
    Number number = require(Number.class, key);
    if (number instanceof Long whole) {
      return whole;
    }
    throw new IllegalArgumentException(
        "\"" + key + "\" of " + descriptor.id() + " is out of range: " + number);
  }

  @Override
  public Number number(String key) {
    return require(Number.class, key);
  }

  @Override
  public boolean bool(String key) {
    return require(Boolean.class, key);
  }

  @Override
  public Duration duration(String key) {
    Duration duration = Durations.parse(require(Object.class, key));
    if (duration == null) {
      throw undeclared(key, "a duration");
    }
    return duration;
  }

  @Override
  public Optional<Duration> optionalDuration(String key) {
    return values.get(key) == null ? Optional.empty() : Optional.of(duration(key));
  }

  @Override
  @SuppressWarnings("unchecked") // the converter made every map with text keys
  public Map<String, @Nullable Object> map(String key) {
    Map<String, @Nullable Object> map = find(Map.class, key);
    return map == null ? Map.of() : map;
  }

  @Override
  @SuppressWarnings("unchecked") // a list of values is what the converter makes
  public List<@Nullable Object> list(String key) {
    List<@Nullable Object> list = find(List.class, key);
    return list == null ? List.of() : list;
  }

  @Override
  public CheckedExpression expression(Object... path) {
    CompiledExpression expression = compiled.expressions().get(List.of(path));
    if (expression == null) {
      throw undeclared(String.valueOf(List.of(path)), "an expression");
    }
    return expression;
  }

  @Override
  public List<CheckedAssertion> assertions(String key) {
    List<CompiledAssertion> found = compiled.assertions().get(List.<Object>of(key));
    return found == null ? List.of() : List.copyOf(found);
  }

  private <T> @Nullable T find(Class<T> type, String key) {
    Object value = values.get(key);
    if (value == null) {
      return null;
    }
    if (!type.isInstance(value)) {
      throw undeclared(key, "a " + type.getSimpleName());
    }
    return type.cast(value);
  }

  private <T> T require(Class<T> type, String key) {
    T value = find(type, key);
    if (value == null) {
      throw undeclared(key, "there");
    }
    return value;
  }

  private IllegalArgumentException undeclared(String key, String wanted) {
    return new IllegalArgumentException(
        "\""
            + key
            + "\" of "
            + descriptor.id()
            + " is not "
            + wanted
            + ": it is "
            + values.get(key));
  }
}

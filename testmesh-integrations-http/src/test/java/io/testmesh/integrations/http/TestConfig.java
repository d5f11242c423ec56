package io.testmesh.integrations.http;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigKey;
import io.testmesh.integrations.common.Values;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A configuration with the descriptor's defaults; refuses keys that are not declared. */
record TestConfig(Map<String, @Nullable Object> values) implements ActionConfig {

  static TestConfig of(ActionDescriptor descriptor, Map<String, @Nullable Object> written) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(written);
    for (ConfigKey key : descriptor.keys()) {
      if (key.defaultValue() != null) {
        values.putIfAbsent(key.name(), key.defaultValue());
      }
      if (key.isRequired() && !values.containsKey(key.name())) {
        throw new IllegalArgumentException("missing " + key.name());
      }
    }
    for (String name : values.keySet()) {
      if (descriptor.keys().stream().noneMatch(key -> key.name().equals(name))) {
        throw new IllegalArgumentException("unknown " + name);
      }
    }
    return new TestConfig(values);
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
    return (String) required(key);
  }

  @Override
  public Optional<String> optionalText(String key) {
    return Optional.ofNullable((String) value(key));
  }

  @Override
  public long integer(String key) {
    return ((Number) required(key)).longValue();
  }

  @Override
  public Number number(String key) {
    return (Number) required(key);
  }

  @Override
  public boolean bool(String key) {
    return (Boolean) required(key);
  }

  @Override
  public Duration duration(String key) {
    return optionalDuration(key).orElseThrow();
  }

  @Override
  public Optional<Duration> optionalDuration(String key) {
    try {
      Object value = value(key);
      return value == null ? Optional.empty() : Optional.of(Values.duration(value, key));
    } catch (ActionException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public Map<String, @Nullable Object> map(String key) {
    Object value = value(key);
    return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<@Nullable Object> list(String key) {
    Object value = value(key);
    return value == null ? List.of() : (List<@Nullable Object>) value;
  }

  @Override
  public CheckedExpression expression(Object... path) {
    throw new IllegalArgumentException();
  }

  @Override
  public List<CheckedAssertion> assertions(String key) {
    return List.of();
  }

  private Object required(String key) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }
}

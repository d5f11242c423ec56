package io.testmesh.testkit;

import io.testmesh.action.ActionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A configuration that notes which keys are read. */
final class RecordingConfig implements ActionConfig {
  private final ActionConfig config;
  private final Set<String> read;

  RecordingConfig(ActionConfig config, Set<String> read) {
    this.config = config;
    this.read = read;
  }

  @Override
  public Map<String, @Nullable Object> values() {
    for (String key : config.values().keySet()) {
      read.add(key);
    }
    return config.values();
  }

  @Override
  public boolean has(String key) {
    read.add(key);
    return config.has(key);
  }

  @Override
  public @Nullable Object value(String key) {
    read.add(key);
    return config.value(key);
  }

  @Override
  public String text(String key) {
    read.add(key);
    return config.text(key);
  }

  @Override
  public Optional<String> optionalText(String key) {
    read.add(key);
    return config.optionalText(key);
  }

  @Override
  public long integer(String key) {
    read.add(key);
    return config.integer(key);
  }

  @Override
  public Number number(String key) {
    read.add(key);
    return config.number(key);
  }

  @Override
  public boolean bool(String key) {
    read.add(key);
    return config.bool(key);
  }

  @Override
  public Duration duration(String key) {
    read.add(key);
    return config.duration(key);
  }

  @Override
  public Optional<Duration> optionalDuration(String key) {
    read.add(key);
    return config.optionalDuration(key);
  }

  @Override
  public Map<String, @Nullable Object> map(String key) {
    read.add(key);
    return config.map(key);
  }

  @Override
  public List<@Nullable Object> list(String key) {
    read.add(key);
    return config.list(key);
  }

  @Override
  public CheckedExpression expression(Object... path) {
    if (path.length > 0) {
      read.add(String.valueOf(path[0]));
    }
    return config.expression(path);
  }

  @Override
  public List<CheckedAssertion> assertions(String key) {
    read.add(key);
    return config.assertions(key);
  }
}

package io.testmesh.plugin;

import io.testmesh.action.ActionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration that is a map. */
record FakeConfig(Map<String, Object> values) implements ActionConfig {
  @Override
  public boolean has(String key) {
    return values.containsKey(key);
  }

  @Override
  public Object value(String key) {
    return values.get(key);
  }

  @Override
  public String text(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> optionalText(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long integer(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Number number(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean bool(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Duration duration(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Duration> optionalDuration(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Object> map(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Object> list(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CheckedExpression expression(Object... path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<CheckedAssertion> assertions(String key) {
    throw new UnsupportedOperationException();
  }
}

package io.testmesh.plugin;

import io.testmesh.action.ConfigCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A configuration to be checked, whose texts with {@code ${} in them vary; keeps the faults. */
public final class FakeCheck implements ConfigCheck {
  /** What was rejected: path and message. */
  public final List<String> faults = new ArrayList<>();

  private final Map<String, Object> config;

  /** A configuration as it was written. */
  public FakeCheck(Map<String, Object> config) {
    this.config = config;
  }

  @Override
  public boolean has(String key) {
    return config.containsKey(key);
  }

  @Override
  public Object value(String key) {
    return config.get(key);
  }

  @Override
  public Map<String, Object> values() {
    return config;
  }

  @Override
  public boolean isFixed(Object value) {
    return !String.valueOf(value).contains("${");
  }

  @Override
  public void reject(String key, String message, String hint) {
    reject(List.of(key), message, hint);
  }

  @Override
  public void reject(List<Object> path, String message, String hint) {
    faults.add(path + " " + message);
  }
}

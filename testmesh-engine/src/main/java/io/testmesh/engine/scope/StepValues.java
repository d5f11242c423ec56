package io.testmesh.engine.scope;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a step's id means: its declared outputs first, then its raw result. Immutable. */
public final class StepValues extends AbstractMap<String, @Nullable Object> {
  private final Map<String, @Nullable Object> outputs;
  private final Map<String, @Nullable Object> result;

  /** A view of both maps, which must not change any more. */
  public StepValues(Map<String, @Nullable Object> outputs, Map<String, @Nullable Object> result) {
    this.outputs = outputs;
    this.result = result;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    Object value = outputs.get(key);
    return value != null || outputs.containsKey(key) ? value : result.get(key);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return outputs.containsKey(key) || result.containsKey(key);
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(result);
    all.putAll(outputs);
    return all.entrySet();
  }
}

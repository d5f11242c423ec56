package io.testmesh.benchmarks;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.path.JsonPath;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names that stand in a map. */
record MapEnvironment(Map<String, Object> values) implements Environment {
  @Override
  public @Nullable Object find(String name) {
    Object value = values.get(name);
    return value == null ? ABSENT : value;
  }

  @Override
  public Collection<String> names() {
    return values.keySet();
  }

  @Override
  public Map<String, @Nullable Object> all() {
    return Map.copyOf(values);
  }

  @Override
  public List<@Nullable Object> select(JsonPath path) {
    return path.select(values);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }
}

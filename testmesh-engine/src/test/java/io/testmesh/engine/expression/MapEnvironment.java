package io.testmesh.engine.expression;

import io.testmesh.engine.path.JsonPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An environment whose names are the keys of a map, which {@code $} stands for too. */
final class MapEnvironment implements Environment {
  /** The names that were asked for, in order. */
  final List<String> asked = new ArrayList<>();

  private final Map<String, @Nullable Object> variables;
  private final Set<String> stepIds;

  MapEnvironment(Map<String, @Nullable Object> variables, String... stepIds) {
    this.variables = variables;
    this.stepIds = Set.of(stepIds);
  }

  @Override
  public @Nullable Object find(String name) {
    asked.add(name);
    Object value = variables.get(name);
    return value != null || variables.containsKey(name) ? value : ABSENT;
  }

  @Override
  public Collection<String> names() {
    return variables.keySet();
  }

  @Override
  public Map<String, @Nullable Object> all() {
    return variables;
  }

  @Override
  public List<@Nullable Object> select(JsonPath path) {
    return path.select(variables);
  }

  @Override
  public Instant now() {
    return Instant.parse("2024-05-06T07:08:09.5Z");
  }

  @Override
  public boolean isStepId(String name) {
    return stepIds.contains(name);
  }
}

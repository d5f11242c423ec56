package io.testmesh.engine.check;

import io.testmesh.action.ConfigCheck;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configuration as its handler looks at it before the run. */
final class WrittenConfig implements ConfigCheck {
  private final CompiledConfig config;
  private final SourceTree place;
  private final ProblemList problems;

  WrittenConfig(CompiledConfig config, SourceTree place, ProblemList problems) {
    this.config = config;
    this.place = place;
    this.problems = problems;
  }

  @Override
  public boolean has(String key) {
    return value(key) != null;
  }

  @Override
  public @Nullable Object value(String key) {
    CompiledConfig.Entry entry = config.entry(key);
    return entry == null ? null : entry.value();
  }

  @Override
  public Map<String, @Nullable Object> values() {
    return config.written();
  }

  @Override
  public boolean isFixed(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return areFixed(map.values());
    }
    if (value instanceof Collection<?> list) {
      return areFixed(list);
    }
    return !(value instanceof String text) || !TextTemplate.isDynamic(text);
  }

  private boolean areFixed(Collection<?> values) {
    for (Object value : values) {
      if (!isFixed(value)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void reject(String key, String message, @Nullable String hint) {
    reject(List.of(key), message, hint);
  }

  @Override
  public void reject(List<Object> path, String message, @Nullable String hint) {
    SourceTree written = config.place(path);
    SourceTree at = written == null ? place : written;
    SourceSpan span = at.equals(place) ? place.key() : at.value();
    problems.error("invalid_value", message, at, span, hint);
  }
}

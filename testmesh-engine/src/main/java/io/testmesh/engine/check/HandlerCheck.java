package io.testmesh.engine.check;

import io.testmesh.action.ActionHandler;
import io.testmesh.action.ConfigFault;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets a handler look at a configuration before the run, and reports what it finds. */
final class HandlerCheck {
  private HandlerCheck() {}

  static void check(ActionHandler handler, Step step, ProblemList problems) {
    Map<String, @Nullable Object> config = step.config();
    SourceTree whole = step.source().at("config");
    Predicate<List<Object>> varies = path -> varies(at(config, path));
    List<ConfigFault> faults;
    try {
      faults = handler.check(config, varies);
    } catch (RuntimeException | LinkageError e) {
      // A handler is foreign code: what it cannot check is told when the step runs.
      problems.warning(
          "action_failed",
          "the action " + step.action() + " cannot check its configuration: " + e,
          whole,
          whole.key(),
          null);
      return;
    }
    for (ConfigFault fault : faults) {
      SourceTree place = whole.at(fault.path().toArray());
      problems.error(
          "invalid_value",
          fault.message(),
          place,
          fault.path().isEmpty() ? place.key() : place.value(),
          fault.hint());
    }
  }

  private static @Nullable Object at(Object config, List<Object> path) {
    Object value = config;
    for (Object part : path) {
      if (value instanceof Map<?, ?> map) {
        value = map.get(part);
      } else if (value instanceof List<?> list
          && part instanceof Number index
          && index.intValue() < list.size()) {
        value = list.get(index.intValue());
      } else {
        return null;
      }
    }
    return value;
  }

  private static boolean varies(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return varies(map.values());
    }
    if (value instanceof Iterable<?> items) {
      for (Object item : items) {
        if (varies(item)) {
          return true;
        }
      }
    }
    return value instanceof String text && TextTemplate.isDynamic(text);
  }
}

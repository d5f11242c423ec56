package io.testmesh.engine.check;

import io.testmesh.flow.SourceTree;
import io.testmesh.flow.Step;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as it was written, in one place or put together from several.
 *
 * @param values the keys as their author spelled them
 * @param place where each of them stands
 */
record StepConfig(Map<String, @Nullable Object> values, SourceTree place) {

  static StepConfig of(Step step) {
    return new StepConfig(step.config(), step.source().at("config"));
  }
}

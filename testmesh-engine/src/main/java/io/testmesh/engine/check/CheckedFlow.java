package io.testmesh.engine.check;

import io.testmesh.action.ActionHandler;
import io.testmesh.engine.data.RowSource;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Phase;
import io.testmesh.result.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A flow that can run.
 *
 * @param flow the flow as it was written
 * @param name the flow's name, which may have placeholders
 * @param rows what the flow runs over, once for each row; null for a flow that runs once
 * @param phases the steps of each phase, in order
 * @param env the flow's variables: those of the file overlaid by those of the flow
 * @param stepIds all ids, nested steps included
 * @param tracing the handler that {@code config.otel} is the business of; null without that
 * @param secrets values that the flow spells out where they are secret
 * @param warnings what was odd and does not keep the flow from running
 */
public record CheckedFlow(
    Flow flow,
    ValueTemplate name,
    @Nullable RowSource rows,
    Map<Phase, List<CheckedStep>> phases,
    Map<String, ValueTemplate> env,
    Set<String> stepIds,
    @Nullable ActionHandler tracing,
    List<Object> secrets,
    List<Problem> warnings) {

  /** Copies the lists; the maps and the ids are kept and must not change. */
  public CheckedFlow {
    stepIds = Collections.unmodifiableSet(stepIds);
    secrets = List.copyOf(secrets);
    warnings = List.copyOf(warnings);
  }

  /** The steps of a phase, in order. */
  public List<CheckedStep> steps(Phase phase) {
    return phases.getOrDefault(phase, List.of());
  }
}

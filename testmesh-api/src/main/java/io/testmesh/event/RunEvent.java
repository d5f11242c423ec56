package io.testmesh.event;

import io.testmesh.flow.Phase;
import io.testmesh.result.AttemptResult;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.StepResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a run. Events of one flow come in order; events of flows that run side
 * by side mix.
 *
 * @since 0.1
 */
public sealed interface RunEvent {

  /**
   * The run begins; the first event.
   *
   * @param executionId constant in the run
   * @param started when
   * @param flows how many flows and data rows are to run
   * @param problems what was found before anything ran
   */
  record RunStarted(String executionId, Instant started, int flows, List<Problem> problems)
      implements RunEvent {
    /** Copies the list. */
    public RunStarted {
      problems = List.copyOf(problems);
    }
  }

  /**
   * A flow or data row begins.
   *
   * @param index its position in the order of selection, from 0
   * @param name the flow's name
   * @param file the file's name as reports show it; empty for a flow made in Java
   * @param line the line of the flow's root key
   * @param row the data row, or null
   * @param started when
   */
  record FlowStarted(
      int index,
      String name,
      String file,
      int line,
      @Nullable Map<String, @Nullable Object> row,
      Instant started)
      implements RunEvent {}

  /**
   * A step begins; skipped steps do not.
   *
   * @param flow the flow's index
   * @param step the step's id
   * @param phase the step's phase
   * @param action the action's name
   * @param depth 0 for a step of the flow, more for nested steps
   */
  record StepStarted(int flow, String step, Phase phase, String action, int depth)
      implements RunEvent {}

  /**
   * An attempt of a step ended, and it is not the only one.
   *
   * @param flow the flow's index
   * @param step the step's id
   * @param attempt what it did
   */
  record AttemptFinished(int flow, String step, AttemptResult attempt) implements RunEvent {}

  /**
   * A step ended or was skipped. Nested steps come before the step that they hang under.
   *
   * @param flow the flow's index
   * @param step the same result that the flow's result will hold
   * @param parent the id of the step that it hangs under, or null
   * @param depth 0 for a step of the flow, more for nested steps
   */
  record StepFinished(int flow, StepResult step, @Nullable String parent, int depth)
      implements RunEvent {}

  /**
   * A flow or data row ended, or was kept from starting.
   *
   * @param flow its result, always with its steps
   */
  record FlowFinished(FlowResult flow) implements RunEvent {
    /** Checks that the result is present. */
    public FlowFinished {
      Objects.requireNonNull(flow, "flow");
    }
  }

  /**
   * The run ended; the last event.
   *
   * @param run its result; {@code flows()} holds what the run keeps
   */
  record RunFinished(RunResult run) implements RunEvent {
    /** Checks that the result is present. */
    public RunFinished {
      Objects.requireNonNull(run, "run");
    }
  }
}

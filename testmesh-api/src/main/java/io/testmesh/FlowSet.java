package io.testmesh;

import io.testmesh.flow.Flow;
import io.testmesh.result.Problem;
import java.util.List;

/**
 * Flows that were read and selected, in the order in which they are to be reported, and what was
 * wrong with others.
 *
 * @param flows the flows
 * @param problems what could not be read
 * @param notes what was passed over, and why, for people
 * @param others flows that were read and not selected; a selected one can still run them
 * @since 0.1
 */
public record FlowSet(
    List<Flow> flows, List<Problem> problems, List<String> notes, List<Flow> others) {

  /** Copies the lists. */
  public FlowSet {
    flows = List.copyOf(flows);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
    others = List.copyOf(others);
  }

  /** Flows with nothing beside them. */
  public FlowSet(List<Flow> flows, List<Problem> problems, List<String> notes) {
    this(flows, problems, notes, List.of());
  }

  /** Flows made in Java. */
  public static FlowSet of(Flow... flows) {
    return new FlowSet(List.of(flows), List.of(), List.of());
  }
}

package io.testmesh.result;

/**
 * How many steps did what; rounds and branches are no steps.
 *
 * @param ran steps that ran, nested ones included
 * @param skipped steps that did not run
 * @param tolerated failures that did not fail the flow
 * @since 0.1
 */
public record StepCounts(int ran, int skipped, int tolerated) {

  /** No steps. */
  public static final StepCounts NONE = new StepCounts(0, 0, 0);
}

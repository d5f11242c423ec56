package io.testmesh.result;

/**
 * The counts of a run.
 *
 * @param flows flows and data rows in all
 * @param passed how many passed
 * @param failed how many failed
 * @param error how many could not be run
 * @param cancelled how many were stopped or kept from starting
 * @param skipped how many had nothing but skipped steps
 * @param steps steps that ran, nested ones included
 * @param stepsSkipped steps that did not run
 * @param tolerated failures that did not fail a flow
 * @since 0.1
 */
public record RunSummary(
    int flows,
    int passed,
    int failed,
    int error,
    int cancelled,
    int skipped,
    long steps,
    long stepsSkipped,
    long tolerated) {

  /** Nothing ran. */
  public static final RunSummary NONE = new RunSummary(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** This and one flow more. */
  public RunSummary plus(FlowResult flow) {
    return new RunSummary(
        flows + 1,
        passed + one(flow, Status.PASSED),
        failed + one(flow, Status.FAILED),
        error + one(flow, Status.ERROR),
        cancelled + one(flow, Status.CANCELLED),
        skipped + one(flow, Status.SKIPPED),
        steps + flow.counts().ran(),
        stepsSkipped + flow.counts().skipped(),
        tolerated + flow.counts().tolerated());
  }

  private static int one(FlowResult flow, Status status) {
    return flow.status() == status ? 1 : 0;
  }
}

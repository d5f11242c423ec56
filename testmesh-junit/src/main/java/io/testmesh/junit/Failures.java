package io.testmesh.junit;

import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.ResultNode;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** Turns what a run found into what JUnit shows. */
final class Failures {
  private Failures() {}

  /**
   * Does nothing when the flows passed.
   *
   * @throws AssertionFailedError with the full diagnosis; its first stack frame is the place in the
   *     flow
   */
  static void throwUnlessPassed(RunResult run) {
    if (run.status() != RunStatus.PASSED) {
      throw of(run);
    }
  }

  private static AssertionFailedError of(RunResult run) {
    String text = text(run);
    Comparison sides = null;
    FlowResult culprit = culprit(run);
    if (culprit != null) {
      sides = Comparison.of(culprit);
    }
    AssertionFailedError error =
        sides == null
            ? new AssertionFailedError(text)
            : new AssertionFailedError(text, sides.expected(), sides.actual());
    pointAtFlow(error, run, culprit);
    return error;
  }

  private static String text(RunResult run) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : run.problems()) {
      text.append(Diagnosis.of(problem)).append('\n');
    }
    text.append(Diagnosis.ofFlows(run.flows()));
    for (FlowResult flow : run.flows()) {
      if (flow.status() == Status.SKIPPED) {
        text.append("nothing was tested: every step of the flow was skipped\n");
        reasons(text, flow);
      }
    }
    if (run.flows().isEmpty() && run.problems().isEmpty()) {
      text.append("nothing was tested: there is no flow to run\n");
      for (String note : run.notes()) {
        text.append("  ").append(Diagnosis.line(note)).append('\n');
      }
    }
    return text.toString().stripTrailing();
  }

  private static void reasons(StringBuilder text, FlowResult flow) {
    for (ResultNode node : flow.steps()) {
      if (node instanceof StepResult step && step.skipReason().isPresent()) {
        text.append("  ").append(step.id()).append(": ");
        text.append(Diagnosis.line(step.skipReason().get())).append('\n');
      }
    }
  }

  private static @Nullable FlowResult culprit(RunResult run) {
    for (FlowResult flow : run.flows()) {
      if (flow.status() != Status.PASSED) {
        return flow;
      }
    }
    return null;
  }

  private static void pointAtFlow(
      AssertionFailedError error, RunResult run, @Nullable FlowResult culprit) {
    String step = "flow";
    SourceSpan span = SourceSpan.NONE;
    if (culprit != null) {
      Failure failure = culprit.failure().orElse(null);
      step = failure == null ? step : failure.step().orElse(step);
      span =
          failure != null && failure.span().isKnown()
              ? failure.span()
              : new SourceSpan(culprit.file(), culprit.line(), 0, culprit.line(), 0);
    } else {
      for (Problem problem : run.problems()) {
        if (problem.isError() && !span.isKnown()) {
          span = problem.span();
        }
      }
    }
    if (!span.file().isEmpty()) {
      StackTraceElement[] own = error.getStackTrace();
      StackTraceElement[] trace = new StackTraceElement[own.length + 1];
      trace[0] = new StackTraceElement("testmesh", step, span.file(), Math.max(1, span.line()));
      System.arraycopy(own, 0, trace, 1, own.length);
      error.setStackTrace(trace);
    }
  }
}

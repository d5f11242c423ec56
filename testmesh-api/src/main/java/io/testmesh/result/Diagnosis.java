package io.testmesh.result;

import java.time.Duration;
import java.util.List;

/**
 * The text that explains to a person why a run, a flow or a file is not as it should be: plain text
 * without colours, every line ended, secrets masked, control characters escaped.
 *
 * @since 0.1
 */
public final class Diagnosis {
  private Diagnosis() {}

  /** The diagnosis of every problem and every flow that did not pass, and the summary line. */
  public static String of(RunResult run) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : run.problems()) {
      text.append(of(problem)).append('\n');
    }
    text.append(ofFlows(run.flows()));
    return text.append(summaryLine(run)).append('\n').toString();
  }

  /**
   * The diagnosis of every flow that failed, could not be run or was stopped, each with an empty
   * line after it; flows that never started are counted by their reason.
   */
  public static String ofFlows(List<FlowResult> flows) {
    StringBuilder text = new StringBuilder();
    NotStarted notStarted = new NotStarted();
    for (FlowResult flow : flows) {
      switch (flow.status()) {
        case FAILED, ERROR -> text.append(of(flow)).append('\n');
        case CANCELLED -> {
          if (!notStarted.add(flow)) {
            text.append(of(flow)).append('\n');
          }
        }
        case PASSED, SKIPPED -> {}
      }
    }
    notStarted.write(text);
    return text.toString();
  }

  /** Why a flow is not as it should be; for one that passed, its heading. */
  public static String of(FlowResult flow) {
    return new FlowText(flow).write();
  }

  /** Place, message, hint and the marked source lines of a problem. */
  public static String of(Problem problem) {
    StringBuilder text = new StringBuilder();
    if (!problem.isError()) {
      text.append("warning: ");
    }
    PlainText.line(text, problem.toString());
    text.append('\n');
    excerpt(text, problem.excerpt());
    return text.toString();
  }

  /** What a step did, passed or not: its call, what came back, what it kept. */
  public static String of(StepResult step) {
    return StepText.write(step);
  }

  /** The counts in one line, such as {@code 3 flows: 2 passed, 1 failed; 14 steps in 1.2 s}. */
  public static String summaryLine(RunResult run) {
    return SummaryText.of(run);
  }

  /** A duration as people say it, such as {@code 212 ms} or {@code 1.2 s}. */
  public static String duration(Duration duration) {
    StringBuilder text = new StringBuilder();
    PlainText.duration(text, duration);
    return text.toString();
  }

  /** A text that does not come from TestMesh, on one line and with control characters escaped. */
  public static String line(String text) {
    StringBuilder line = new StringBuilder();
    PlainText.line(line, text);
    return line.toString();
  }

  /** Writes source lines, which bring their indentation. */
  static void excerpt(StringBuilder to, List<String> lines) {
    for (String line : lines) {
      PlainText.line(to, line);
      to.append('\n');
    }
  }
}

package io.testmesh.report;

import io.testmesh.flow.SourceSpan;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.AttemptResult;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.GroupResult;
import io.testmesh.result.LogEntry;
import io.testmesh.result.ObservedValue;
import io.testmesh.result.Problem;
import io.testmesh.result.ResultNode;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunSummary;
import io.testmesh.result.StepResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of a result as the fields of JSON objects: the same fields in the report and
 * in the lines of events. Fields are only ever added.
 */
final class JsonRecords {
  private final JsonOutput to;

  JsonRecords(JsonOutput to) {
    this.to = to;
  }

  /** Writes what comes before the flows. */
  void run(RunResult run) throws IOException {
    to.field("testmesh", version());
    to.field("status", run.status().key());
    to.instant("started", run.started());
    to.millis("duration_ms", run.duration());
    summary(run.summary());
    problems("problems", run.problems());
    if (run.isDryRun()) {
      to.field("dry_run", true);
    }
    if (run.seed().isPresent()) {
      to.field("seed", run.seed().get());
    }
    lines("notes", run.notes());
  }

  /** The version of TestMesh, as its jar says. */
  static String version() {
    String version = JsonRecords.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  private void summary(RunSummary summary) throws IOException {
    to.object("summary");
    to.field("flows", summary.flows());
    to.field("passed", summary.passed());
    to.field("failed", summary.failed());
    to.field("error", summary.error());
    to.field("cancelled", summary.cancelled());
    to.field("skipped", summary.skipped());
    to.field("steps", summary.steps());
    to.field("steps_skipped", summary.stepsSkipped());
    to.field("tolerated", summary.tolerated());
    to.endObject();
  }

  void problems(String name, List<Problem> problems) throws IOException {
    to.startList(name);
    for (Problem problem : problems) {
      to.startObject();
      to.field("code", problem.code());
      to.field("message", problem.message());
      place(problem.span());
      to.field("hint", problem.hint());
      to.field("severity", problem.isError() ? "error" : "warning");
      lines("excerpt", problem.excerpt());
      to.endObject();
    }
    to.endList();
  }

  /** Writes a flow's fields, without its steps. */
  void flow(FlowResult flow) throws IOException {
    flowHead(flow);
    flowTail(flow);
  }

  /** Writes the fields of a flow that come before its steps. */
  void flowHead(FlowResult flow) throws IOException {
    to.field("name", flow.name());
    to.field("file", flow.file().isEmpty() ? null : flow.file());
    to.field("line", known(flow.line()));
    to.field("row", flow.row().orElse(null));
    to.field("tags", flow.tags());
    to.field("status", flow.status().key());
    to.millis("duration_ms", flow.duration());
    flowError(flow.failure().orElse(null));
  }

  /** Writes the fields of a flow that come after its steps. */
  void flowTail(FlowResult flow) throws IOException {
    if (!flow.warnings().isEmpty()) {
      problems("warnings", flow.warnings());
    }
  }

  private void flowError(@Nullable Failure failure) throws IOException {
    if (failure == null) {
      to.field("error", null);
      return;
    }
    to.object("error");
    to.field("code", failure.code());
    to.field("message", failure.message());
    to.field("step", failure.step().orElse(null));
    place(failure.span());
    lines("excerpt", failure.excerpt());
    to.endObject();
  }

  /**
   * Writes steps with what hangs under them, as a field.
   *
   * @param ready the fields of steps that were written before, by the step itself
   */
  void steps(List<ResultNode> nodes, Map<StepResult, byte[]> ready) throws IOException {
    to.startList("steps");
    for (ResultNode node : nodes) {
      to.startObject();
      if (node instanceof StepResult step) {
        byte[] fields = ready.get(step);
        if (fields == null) {
          step(step);
        } else {
          to.fields(fields, fields.length);
        }
      } else if (node instanceof GroupResult group) {
        group(group);
      }
      steps(node.children(), ready);
      to.endObject();
    }
    to.endList();
  }

  private void group(GroupResult group) throws IOException {
    if (group.id() == null) {
      to.field("index", group.index());
    } else {
      to.field("id", group.id());
    }
    to.field("status", group.status().key());
    if (group.tolerated()) {
      to.field("tolerated", true);
    }
  }

  /** Writes a step's fields, without what hangs under it. */
  void step(StepResult step) throws IOException {
    to.field("id", step.id());
    to.field("name", step.name().orElse(null));
    to.field("phase", step.phase().key());
    to.field("action", step.action());
    to.field("status", step.status().key());
    if (step.skipReason().isPresent()) {
      to.field("skip_reason", step.skipReason().get());
    }
    if (step.isTolerated()) {
      to.field("tolerated", true);
    }
    to.instant("started", step.started());
    to.millis("duration_ms", step.duration());
    to.field("config", step.config());
    to.field("result", step.result());
    to.field("outputs", step.outputs());
    to.startList("attempts");
    for (AttemptResult attempt : step.attempts()) {
      attempt(attempt);
    }
    to.endList();
    to.startList("assertions");
    for (AssertionResult assertion : step.assertions()) {
      assertion(assertion);
    }
    to.endList();
    stepError(step.failure().orElse(null));
    logs(step.logs());
    to.field("metrics", step.metrics());
    if (step.truncated()) {
      to.field("truncated", true);
    }
  }

  private void attempt(AttemptResult attempt) throws IOException {
    to.startObject();
    to.field("number", attempt.number());
    to.field("status", attempt.status().key());
    to.instant("started", attempt.started());
    to.millis("duration_ms", attempt.duration());
    Failure cause = attempt.cause();
    if (cause == null) {
      to.field("error", null);
    } else {
      to.object("error");
      to.field("code", cause.code());
      to.field("message", cause.message());
      to.endObject();
    }
    to.endObject();
  }

  private void assertion(AssertionResult assertion) throws IOException {
    to.startObject();
    to.field("expression", assertion.expression());
    to.field("message", assertion.message());
    to.field("passed", assertion.passed());
    to.field("line", known(assertion.span().line()));
    to.field("column", known(assertion.span().column()));
    to.startList("values");
    for (ObservedValue value : assertion.values()) {
      to.startObject();
      to.field("expression", value.expression());
      to.field("value", value.value());
      to.endObject();
    }
    to.endList();
    to.field("kind", assertion.kind().key());
    if (assertion.problem() != null) {
      to.field("problem", assertion.problem());
    }
    if (assertion.hint() != null) {
      to.field("hint", assertion.hint());
    }
    lines("difference", assertion.difference());
    lines("excerpt", assertion.excerpt());
    to.endObject();
  }

  private void stepError(@Nullable Failure failure) throws IOException {
    if (failure == null) {
      to.field("error", null);
      return;
    }
    to.object("error");
    stepErrorFields(failure);
    if (!failure.others().isEmpty()) {
      to.startList("others");
      for (Failure other : failure.others()) {
        to.startObject();
        stepErrorFields(other);
        to.endObject();
      }
      to.endList();
    }
    to.endObject();
  }

  private void stepErrorFields(Failure failure) throws IOException {
    to.field("code", failure.code());
    to.field("message", failure.message());
    place(failure.span());
    to.field("hint", failure.hint().orElse(null));
    to.field("details", failure.details());
    if (failure.stackTrace().isPresent()) {
      to.field("stack_trace", failure.stackTrace().get());
    }
    lines("excerpt", failure.excerpt());
  }

  /** Writes a list of lines, unless there are none. */
  private void lines(String name, List<String> lines) throws IOException {
    if (!lines.isEmpty()) {
      to.field(name, lines);
    }
  }

  private void logs(List<LogEntry> logs) throws IOException {
    to.startList("logs");
    for (LogEntry log : logs) {
      to.startObject();
      to.field("level", log.level().key());
      to.field("message", log.message());
      to.instant("time", log.time());
      to.endObject();
    }
    to.endList();
  }

  private void place(SourceSpan span) throws IOException {
    to.field("file", span.file().isEmpty() ? null : span.file());
    to.field("line", known(span.line()));
    to.field("column", known(span.column()));
  }

  /** A line or column; null where there is none. */
  static @Nullable Integer known(int position) {
    return position > 0 ? position : null;
  }
}

package io.testmesh.engine.run;

import io.testmesh.action.FinishedSpan;
import io.testmesh.action.SpanExporter;
import io.testmesh.action.TraceContext;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The span of a run. It has a trace of its own, which the flows' spans link to: a flow's trace is
 * asserted on, and holds nothing of other flows. Safe for use by several threads.
 */
final class RunTrace {
  private final String executionId;
  private final Map<SpanExporter, @Nullable String> exporters = new LinkedHashMap<>();
  private @Nullable TraceContext context;

  RunTrace(String executionId) {
    this.executionId = executionId;
  }

  String executionId() {
    return executionId;
  }

  /** Exports the run with those that export one of its flows. */
  synchronized void add(SpanExporter exporter, @Nullable String service) {
    exporters.putIfAbsent(exporter, service);
  }

  synchronized TraceContext context() {
    if (context == null) {
      context = TraceContext.of(SpanIds.trace(), SpanIds.span(), true, "");
    }
    return context;
  }

  /** The run is over; gives what is to be noted. */
  List<String> end(RunResult result) {
    Map<SpanExporter, @Nullable String> wanted;
    synchronized (this) {
      wanted = new LinkedHashMap<>(exporters);
    }
    List<String> notes = new ArrayList<>();
    for (Map.Entry<SpanExporter, @Nullable String> one : wanted.entrySet()) {
      String lost = FlowTrace.export(one.getKey(), List.of(span(one.getValue(), result)));
      if (lost != null) {
        notes.add(lost);
      }
    }
    return notes;
  }

  private FinishedSpan span(@Nullable String service, RunResult result) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    attributes.put("testmesh.kind", "run");
    attributes.put("testmesh.status", result.status().key());
    attributes.put("testmesh.execution_id", executionId);
    attributes.put("testmesh.flows.passed", (long) result.summary().passed());
    attributes.put("testmesh.flows.failed", (long) result.summary().failed());
    Instant end = result.started().plus(result.duration());
    String error = result.status() == RunStatus.PASSED ? null : result.status().key();
    return new FinishedSpan(
        service, context(), null, null, "run", result.started(), end, error, attributes);
  }
}

package io.testmesh.engine.run;

import io.testmesh.action.ActionException;
import io.testmesh.action.Deadline;
import io.testmesh.action.FinishedSpan;
import io.testmesh.action.SpanExporter;
import io.testmesh.action.TraceContext;
import io.testmesh.engine.scope.Masking;
import io.testmesh.engine.scope.Recording;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The trace of a flow, and of the flows that it calls: what its calls carry, and, where somebody
 * wants them, its parts as spans. Safe for use by several threads.
 */
final class FlowTrace {
  private static final int MOST_KEPT = 512;
  private static final Duration LONGEST_EXPORT = Duration.ofSeconds(5);

  private final RunTrace run;
  private final Instant started;
  private final Masking masking;
  private final Consumer<String> warnings;
  private final List<Opened> opened = new ArrayList<>();
  private List<FinishedSpan> finished = new ArrayList<>();
  private volatile @Nullable TraceContext current;
  private volatile @Nullable SpanExporter exporter;
  private @Nullable TraceContext flow;
  private @Nullable String service;

  /**
   * The trace of a flow that began at that time.
   *
   * @param warnings is told why spans are lost
   */
  FlowTrace(RunTrace run, Instant started, Masking masking, Consumer<String> warnings) {
    this.masking = masking;
    this.run = run;
    this.started = started;
    this.warnings = warnings;
  }

  /** A span that a step began; it ends with the flow. */
  private record Opened(
      TraceContext context,
      @Nullable String parentId,
      String name,
      Map<String, @Nullable Object> attributes,
      Instant start) {}

  /** The trace that calls carry; null when there is none. */
  @Nullable TraceContext current() {
    return current;
  }

  synchronized void start(
      TraceContext trace, String name, Map<String, ? extends @Nullable Object> attributes) {
    TraceContext outer = current;
    String parent = outer == null ? null : outer.spanId();
    opened.add(new Opened(trace, parent, name, new LinkedHashMap<>(attributes), Instant.now()));
    current = trace;
  }

  synchronized void export(SpanExporter to, @Nullable String as) {
    exporter = to;
    service = as;
    run.add(to, as);
    if (flow == null) {
      TraceContext known = current;
      String span = SpanIds.span();
      flow =
          known == null ? TraceContext.of(SpanIds.trace(), span, true, "") : known.withSpan(span);
      if (known == null) {
        current = flow;
      } else {
        opened.replaceAll(
            one ->
                one.parentId == null
                    ? new Opened(one.context, span, one.name, one.attributes, one.start)
                    : one);
      }
    }
  }

  /** The context of a part that begins now; null when nobody wants spans. */
  @Nullable TraceContext begin() {
    TraceContext trace = current;
    return exporter == null || trace == null ? null : trace.withSpan(SpanIds.span());
  }

  /** A part is over. */
  void end(
      TraceContext part,
      @Nullable TraceContext outer,
      String name,
      Instant start,
      Duration length,
      @Nullable Failure failure,
      Map<String, @Nullable Object> attributes) {
    String error = failure == null ? null : failure.code() + ": " + failure.message();
    FinishedSpan span =
        new FinishedSpan(
            service,
            part,
            outer == null ? null : outer.spanId(),
            null,
            name,
            start,
            start.plus(length),
            error,
            attributes);
    List<FinishedSpan> full = null;
    synchronized (this) {
      finished.add(span);
      if (finished.size() >= MOST_KEPT) {
        full = finished;
        finished = new ArrayList<>();
      }
    }
    if (full != null) {
      send(full);
    }
  }

  /** The flow is over: what is left is exported. */
  void end(FlowResult result) {
    List<FinishedSpan> left;
    synchronized (this) {
      TraceContext whole = flow;
      if (exporter == null || whole == null) {
        return;
      }
      Instant end = result.started().plus(result.duration());
      for (Opened one : opened) {
        finished.add(
            new FinishedSpan(
                service,
                one.context,
                one.parentId,
                null,
                one.name,
                one.start,
                end,
                null,
                one.attributes));
      }
      Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
      attributes.put("testmesh.kind", "flow");
      attributes.put("testmesh.status", result.status().key());
      attributes.put("testmesh.execution_id", run.executionId());
      Failure failure = result.failure().orElse(null);
      boolean isWell = result.status() == Status.PASSED || result.status() == Status.SKIPPED;
      finished.add(
          new FinishedSpan(
              service,
              whole,
              null,
              run.context(),
              result.name(),
              started,
              end,
              isWell ? null : failure == null ? result.status().key() : failure.message(),
              attributes));
      left = finished;
      finished = new ArrayList<>();
    }
    send(left);
  }

  private void send(List<FinishedSpan> spans) {
    SpanExporter to = exporter;
    if (to == null) {
      return;
    }
    List<FinishedSpan> wanted = new ArrayList<>(spans.size());
    for (FinishedSpan span : spans) {
      if (span.context().isSampled()) {
        wanted.add(masked(span));
      }
    }
    if (!wanted.isEmpty()) {
      String lost = export(to, wanted);
      if (lost != null) {
        warnings.accept(lost);
      }
    }
  }

  /** At the last moment: an output may have told a secret that was no secret before. */
  private FinishedSpan masked(FinishedSpan span) {
    return new FinishedSpan(
        span.service(),
        span.context(),
        span.parentId(),
        span.link(),
        masking.mask(span.name()),
        span.start(),
        span.end(),
        masking.maskOptional(span.error()),
        new Recording(masking).keepMap(span.attributes()));
  }

  /** Hands spans over; gives why they are lost, or null. */
  static @Nullable String export(SpanExporter to, List<FinishedSpan> spans) {
    try {
      to.export(spans, Deadline.after(LONGEST_EXPORT));
      return null;
    } catch (ActionException e) {
      return "spans are lost: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "spans are lost: the run was stopped";
    } catch (RuntimeException e) {
      return "spans are lost: " + Failures.words(e);
    }
  }
}

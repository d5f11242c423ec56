package io.testmesh.server;

import io.testmesh.FlowSet;
import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.action.ActionException;
import io.testmesh.action.JsonFormat;
import io.testmesh.flow.Flow;
import io.testmesh.report.JsonReportFormat;
import io.testmesh.report.NdjsonReportFormat;
import io.testmesh.result.RunResult;
import io.testmesh.spi.ReportFormat;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A run that was asked for, its events and what it found. Safe for use by several threads. */
final class Execution {
  private static final long MOST_EVENT_BYTES = 8 * 1024 * 1024;
  private static final int MOST_RESULT_BYTES = 16 * 1024 * 1024;

  private final String id;
  private final List<String> flows = new ArrayList<>();
  private final Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final EventLog events = new EventLog(MOST_EVENT_BYTES);
  private final BoundedBytes written = new BoundedBytes(MOST_RESULT_BYTES);
  private final ReportFormat.Report lines = new NdjsonReportFormat().open(() -> events);
  private final ReportFormat.Report report = new JsonReportFormat().open(() -> written);

  private @Nullable RunHandle handle;
  private boolean cancelled;
  private @Nullable Instant finished;
  private String status = "running";
  private @Nullable String error;
  private @Nullable String result;

  Execution(String id, FlowSet set) {
    this.id = id;
    for (Flow flow : set.flows()) {
      flows.add(flow.name());
    }
  }

  String id() {
    return id;
  }

  EventLog events() {
    return events;
  }

  /** Lets a run be watched. */
  void listenTo(RunOptions.Builder options) {
    options.listener(lines).listener(report);
  }

  /** Takes the run, now that it is started. */
  void started(RunHandle run) {
    boolean late;
    synchronized (this) {
      handle = run;
      late = cancelled;
    }
    if (late) {
      run.cancel();
    }
    CompletableFuture<RunResult> unused = run.result().whenComplete(this::finish);
  }

  private void finish(@Nullable RunResult run, @Nullable Throwable failure) {
    String json = null;
    String wrong = failure == null ? null : "the run ended by itself: " + failure.getMessage();
    try {
      report.finish();
      json = written.text();
    } catch (IOException | RuntimeException e) {
      wrong = wrong == null ? "the result is too large to be kept: " + e.getMessage() : wrong;
    }
    try {
      lines.finish();
    } catch (IOException | RuntimeException e) {
      wrong = wrong == null ? "events are missing: " + e.getMessage() : wrong;
    }
    synchronized (this) {
      finished = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      status = run == null ? "error" : run.status().key();
      error = wrong;
      result = json;
      handle = null;
    }
    events.end();
  }

  synchronized boolean isRunning() {
    return finished == null;
  }

  /** How much memory it takes, roughly. */
  long bytes() {
    String kept;
    synchronized (this) {
      kept = result;
    }
    return events.bytes() + (kept == null ? 0 : kept.length());
  }

  /** Cancels it if it runs; tells whether it did. */
  boolean cancel() {
    RunHandle run;
    synchronized (this) {
      if (finished != null) {
        return false;
      }
      cancelled = true;
      run = handle;
    }
    if (run != null) {
      run.cancel();
    }
    return true;
  }

  /** The short record. */
  synchronized Map<String, @Nullable Object> summary() {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("id", id);
    record.put("status", status);
    if (finished == null) {
      record.put("cancelling", cancelled);
    }
    record.put("flows", flows);
    record.put("started", started);
    record.put("finished", finished);
    record.put("events", events.count());
    if (error != null) {
      record.put("error", error);
    }
    return record;
  }

  /** The record with the result, which is the JSON report. */
  Map<String, @Nullable Object> record(JsonFormat json) {
    Map<String, @Nullable Object> record = summary();
    String text;
    synchronized (this) {
      text = result;
    }
    try {
      record.put("result", text == null ? null : json.parse(text));
    } catch (ActionException impossible) {
      throw new IllegalStateException("the report is no JSON", impossible);
    }
    return record;
  }
}

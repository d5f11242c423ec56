package io.testmesh.engine.run;

import io.testmesh.RunOptions;
import io.testmesh.RunnerSettings;
import io.testmesh.engine.resource.OwnedResources;
import io.testmesh.engine.scope.FakeLibrary;
import io.testmesh.event.RunEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all flows of one run share. Safe for use by several threads. */
final class RunSetting {
  private final String executionId;
  private final RunnerSettings settings;
  private final RunOptions options;
  private final Map<String, @Nullable Object> variables;
  private final RunControl control;
  private final OwnedResources resources;
  private final FakeLibrary fakeData;
  private final Listeners listeners;
  private final FlowThreads threads;
  private final Limit limit;
  private final RunTrace trace;
  private volatile boolean interrupted;

  RunSetting(
      String executionId,
      RunnerSettings settings,
      RunOptions options,
      Map<String, @Nullable Object> variables,
      RunControl control,
      OwnedResources resources,
      FakeLibrary fakeData,
      Listeners listeners,
      FlowThreads threads,
      Limit limit) {
    this.executionId = executionId;
    this.settings = settings;
    this.options = options;
    this.variables = variables;
    this.control = control;
    this.resources = resources;
    this.fakeData = fakeData;
    this.listeners = listeners;
    this.threads = threads;
    this.limit = limit;
    this.trace = new RunTrace(executionId);
  }

  String executionId() {
    return executionId;
  }

  RunOptions options() {
    return options;
  }

  /** Run-time variables: the runner's overlaid by the run's. */
  Map<String, @Nullable Object> variables() {
    return variables;
  }

  Map<String, String> environment() {
    return settings.environment();
  }

  Path workingFolder() {
    return settings.workingFolder();
  }

  RunControl control() {
    return control;
  }

  FakeLibrary fakeData() {
    return fakeData;
  }

  OwnedResources resources() {
    return resources;
  }

  FlowThreads threads() {
    return threads;
  }

  /** What flows have under {@code config.otel} where they do not say it themselves. */
  Map<String, @Nullable Object> otel() {
    return settings.otel();
  }

  RunTrace trace() {
    return trace;
  }

  /** The limit of the whole run; very far away where there is none. */
  Limit limit() {
    return limit;
  }

  Clock clock() {
    return Clock.systemUTC();
  }

  boolean isWatched() {
    return listeners.isWatched();
  }

  void emit(RunEvent event) {
    listeners.emit(event);
  }

  /** Notes that a thread of the run was interrupted from outside, and cancels the run. */
  void interrupted() {
    interrupted = true;
    control.cancel("the thread of the run was interrupted");
  }

  boolean wasInterrupted() {
    return interrupted;
  }
}

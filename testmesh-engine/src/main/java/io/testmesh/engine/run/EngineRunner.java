package io.testmesh.engine.run;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.FlowTools;
import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.RunnerSettings;
import io.testmesh.Selection;
import io.testmesh.engine.catalogue.ActionCatalogue;
import io.testmesh.engine.catalogue.ForeignActions;
import io.testmesh.engine.catalogue.KnownActions;
import io.testmesh.engine.check.CheckedFlow;
import io.testmesh.engine.resource.OwnedResources;
import io.testmesh.engine.scope.FakeLibrary;
import io.testmesh.result.RunResult;
import io.testmesh.spi.ActionSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The engine's runner: owns the resources and threads that its runs share. */
final class EngineRunner implements FlowRunner {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final RunnerSettings settings;
  private final ActionCatalogue catalogue;
  private final ForeignActions foreign;
  private final FakeLibrary fakeData;
  private final EngineTools tools;
  private final OwnedResources resources = new OwnedResources();
  private final Watchdog watchdog = new Watchdog();
  private final WarmUp warmUp;
  private final SplittableRandom ids = new SplittableRandom();
  private final Object lock = new Object();
  private final Set<RunControl> running = new HashSet<>();
  private final Set<Thread> starters = new HashSet<>();
  private final FlowThreads threads = new FlowThreads();
  private boolean closed;

  EngineRunner(RunnerSettings settings) {
    this.settings = settings;
    this.fakeData = new FakeLibrary(settings.classLoader());
    this.catalogue = new ActionCatalogue(settings);
    this.foreign = new ForeignActions(settings, catalogue);
    this.warmUp = new WarmUp(catalogue);
    this.tools = new EngineTools(settings, catalogue, foreign, fakeData);
  }

  @Override
  public FlowTools tools() {
    return tools;
  }

  @Override
  public FlowSet load(Path... paths) {
    List<String> places = new ArrayList<>();
    for (Path path : paths) {
      places.add(path.toString());
    }
    return tools.select(Selection.of(places).given(settings.variables()).build());
  }

  @Override
  public RunResult run(FlowSet flows, RunOptions options) {
    RunControl control = open();
    try {
      return run(flows, options, control);
    } finally {
      end(control);
    }
  }

  @Override
  public RunHandle start(FlowSet flows, RunOptions options) {
    RunControl control = open();
    StartedRun handle = new StartedRun(control);
    // A platform thread: it only waits or runs one flow, and the first virtual thread costs 30 ms.
    Thread thread =
        new Thread(
            () -> {
              try {
                RunResult result = run(flows, options, control);
                end(control);
                handle.complete(result);
              } catch (RuntimeException | Error e) {
                end(control);
                handle.fail(e);
              }
            },
            "testmesh-run");
    thread.setDaemon(true);
    synchronized (lock) {
      starters.removeIf(ended -> ended.getState() == Thread.State.TERMINATED);
      starters.add(thread);
    }
    try {
      thread.start();
    } catch (OutOfMemoryError noThread) {
      end(control);
      throw noThread;
    }
    return handle;
  }

  private RunResult run(FlowSet flows, RunOptions options, RunControl control) {
    control.enter();
    if (!options.dryRun()) {
      warmUp.begin(flows);
    }
    Map<String, @Nullable Object> variables = new LinkedHashMap<>(settings.variables());
    variables.putAll(options.variables());
    Limit limit = Limit.after(options.timeout().orElse(FOR_EVER), Limit.Owner.RUN);
    EngineTools.CheckedSet checked = check(flows, variables.keySet(), options, control, limit);
    List<CheckedFlow> runnable =
        checked.valid() || options.continueOnInvalid() ? checked.runnable() : List.of();
    Listeners listeners = new Listeners(settings.listeners(), options.listeners());
    RunSetting setting =
        new RunSetting(
            options.executionId().orElseGet(this::executionId),
            settings,
            options,
            Collections.unmodifiableMap(variables),
            control,
            resources,
            fakeData,
            listeners,
            threads,
            limit);
    try (RunItems items = new RunItems(runnable)) {
      List<String> notes = new ArrayList<>(flows.notes());
      notes.addAll(items.notes());
      return new Run(setting, items, checked.problems(), notes, listeners).run(!checked.valid());
    }
  }

  /**
   * Checks the flows; where they use actions of sources and can run otherwise, once more with what
   * those say when they are ready.
   */
  private EngineTools.CheckedSet check(
      FlowSet flows, Set<String> given, RunOptions options, RunControl control, Limit limit) {
    KnownActions described = new KnownActions(catalogue, foreign::offer);
    EngineTools.CheckedSet checked = tools.check(flows, given, described);
    boolean runs = checked.valid() || options.continueOnInvalid() && !checked.runnable().isEmpty();
    if (!runs || options.dryRun() || described.offered().isEmpty()) {
      return checked;
    }
    ActionSource.Offer ready = makeReady(described.offered(), control, limit);
    return ready == null
        ? checked
        : tools.check(flows, given, new KnownActions(catalogue, names -> ready));
  }

  /** Null when the run was cancelled, or its time is up. */
  private ActionSource.@Nullable Offer makeReady(
      Set<String> wanted, RunControl control, Limit limit) {
    Worker worker = control.worker();
    try {
      Guard guard = control.begin(worker, limit);
      boolean interrupted = false;
      ActionSource.Offer ready = null;
      try {
        ready = guard.isCancelled() ? null : foreign.start(wanted, limit.deadline(), guard);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      StopReason stopped = worker.end(guard);
      if (interrupted && stopped == null) {
        // The run that follows sees it and is cancelled.
        Thread.currentThread().interrupt();
      }
      return ready;
    } finally {
      control.forget(worker);
    }
  }

  /**
   * A UUID of version 4 without the start-up cost of a secure generator: it only has to be unique.
   */
  private String executionId() {
    synchronized (lock) {
      long high = ids.nextLong() & 0xFFFFFFFFFFFF0FFFL | 0x0000000000004000L;
      long low = ids.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
      return new UUID(high, low).toString();
    }
  }

  private RunControl open() {
    RunControl control = new RunControl(watchdog);
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the runner is closed");
      }
      running.add(control);
    }
    return control;
  }

  private void end(RunControl control) {
    synchronized (lock) {
      running.remove(control);
      lock.notifyAll();
    }
  }

  @Override
  public void close() {
    List<RunControl> going;
    synchronized (lock) {
      for (RunControl control : running) {
        if (control.isOn(Thread.currentThread())) {
          throw new IllegalStateException(
              "close() waits for its runs, and was called from inside of one: cancel the run");
        }
      }
      closed = true;
      going = List.copyOf(running);
    }
    // Without the lock: what reacts to cancelling is foreign code.
    for (RunControl control : going) {
      control.cancel("the runner was closed");
    }
    boolean interrupted = false;
    List<Thread> ending;
    synchronized (lock) {
      while (!running.isEmpty()) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      ending = List.copyOf(starters);
    }
    for (Thread thread : ending) {
      // What waits for the result of a run may close the runner on the run's thread.
      if (thread != Thread.currentThread()) {
        interrupted |= Threads.join(thread);
      }
    }
    try {
      resources.close();
    } finally {
      foreign.close();
      warmUp.close();
      threads.close();
      watchdog.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package io.testmesh.engine.run;

import io.testmesh.action.Resources;
import io.testmesh.engine.check.CheckedFlow;
import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.data.Row;
import io.testmesh.engine.resource.OwnedResources;
import io.testmesh.engine.scope.BuiltIns;
import io.testmesh.engine.scope.FakeLibrary;
import io.testmesh.engine.scope.FakeMembers;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.engine.scope.Masking;
import io.testmesh.engine.scope.Recording;
import io.testmesh.engine.scope.Variables;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.engine.value.Durations;
import io.testmesh.event.RunEvent;
import io.testmesh.flow.Flow;
import io.testmesh.flow.FlowSettings;
import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One flow, or one of its data rows, in one run: owns the flow's resources, variables and secrets,
 * and runs its phases. Belongs to one thread, but for warnings and the trace.
 */
final class FlowRun {
  private final RunSetting run;
  private final RunItem item;
  private final CheckedFlow checked;
  private final @Nullable Caller caller;
  private final Masking masking;
  private final Failures failures;
  private final FlowSecrets secrets;
  private final OwnedResources resources = new OwnedResources();
  private final List<Problem> warnings = new ArrayList<>();
  private final Map<String, Object> constants = new ConcurrentHashMap<>();
  private final String flowId;
  private final Object events;
  private final String name;
  private final Instant started = Instant.now();
  private final long startNanos = System.nanoTime();
  private final Variables variables;
  private final BuiltIns builtIns;
  private final FlowScope scope;
  private final FlowTrace trace;
  private @Nullable Failure ownFailure;
  private boolean cancelled;
  private boolean erroneous;

  FlowRun(RunSetting run, RunItem item) {
    this(run, item, null);
  }

  private FlowRun(RunSetting run, RunItem item, @Nullable Caller caller) {
    this.run = run;
    this.item = item;
    this.caller = caller;
    // What is secret in one of the flows is hidden in the records of both.
    this.masking = caller == null ? new Masking() : caller.flow().masking;
    this.failures = new Failures(masking);
    this.events = caller == null ? new Object() : caller.flow().events;
    this.trace =
        caller == null
            ? new FlowTrace(run.trace(), started, masking, lost -> warn("plugin_warning", lost))
            : caller.flow().trace;
    this.checked = item.checked();
    this.flowId =
        caller == null
            ? run.executionId() + "-" + (item.index() + 1)
            : caller.flow().flowId + "." + caller.step();
    constants.put("FLOW_ID", flowId);
    constants.put("EXECUTION_ID", run.executionId());
    this.secrets =
        new FlowSecrets(
            checked.flow().settings().secrets(),
            masking,
            warning -> warn("invalid_value", warning));
    Row row = item.row();
    this.variables =
        Variables.of(
            checked.flow().inputs(),
            checked.env(),
            run.variables(),
            row == null ? Map.of() : row.variables());
    if (caller != null) {
      if (caller.inherits()) {
        variables.inherit(caller.flow().variables, caller.scope());
      }
      variables.put(caller.input());
    }
    Long seed = seed();
    String locale = checked.flow().settings().locale().orElse(null);
    constants.put(FakeLibrary.NAME, new FakeMembers(run.fakeData(), seed, locale));
    this.builtIns = new BuiltIns(run.clock(), seed, constants);
    this.scope = new FlowScope(variables, builtIns, run.environment(), checked.stepIds());
    masking.add(checked.secrets());
    secrets.addKnown(scope);
    this.name = renderName();
    constants.put("FLOW_NAME", name);
    if (caller == null) {
      warnings.addAll(checked.warnings());
    }
  }

  /** The run of a flow that a step of this one calls. */
  FlowRun called(CheckedFlow flow, Caller by) {
    return new FlowRun(run, new RunItem(item.index(), flow, null, null), by);
  }

  /** The name with its placeholders filled in; as it was written, when that fails. */
  private String renderName() {
    try {
      Object rendered = checked.name().render(scope);
      return rendered == null ? "null" : ValueWords.text(rendered);
    } catch (TemplateException e) {
      ownFailure =
          failure(e.error().code(), "the flow's name has no value: " + e.error().getMessage())
              .hint(masking.maskOptional(e.error().hint()))
              .build();
      return checked.flow().name();
    }
  }

  /** A seed is mixed with the flow's name and row, so that runs in parallel repeat too. */
  private @Nullable Long seed() {
    Optional<Long> given = run.options().seed();
    Long seed = (given.isPresent() ? given : checked.flow().settings().seed()).orElse(null);
    if (seed == null) {
      return null;
    }
    if (caller != null) {
      // Each call of the same flow has other values, and they repeat with the run.
      return caller.flow().builtIns.nextSeed();
    }
    Row row = item.row();
    long flow = mixed(seed) + checked.flow().name().hashCode();
    return row == null ? mixed(flow) : mixed(mixed(flow) + row.number()) + row.values().hashCode();
  }

  /** Spreads seeds that are near each other: the random numbers of neighbours are alike. */
  private static long mixed(long seed) {
    long mixed = (seed ^ seed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /** Runs the flow to its end; throws nothing that belongs to the flow. */
  FlowResult run(Worker worker) {
    try {
      return runPhases(worker);
    } catch (RuntimeException | Error e) {
      // An error of the engine: what the flow has opened is not left behind.
      try {
        resources.close();
      } catch (RuntimeException notClosed) {
        e.addSuppressed(notClosed);
      }
      throw e;
    }
  }

  private FlowResult runPhases(Worker worker) {
    Flow flow = checked.flow();
    if (caller == null) {
      emit(
          new RunEvent.FlowStarted(
              index(), masking.mask(name), file(), line(), maskedRow(), started));
    }
    List<ResultNode> results = new ArrayList<>();
    if (run.options().dryRun()) {
      FixedNames names = new FixedNames(checked, variables, run.environment().keySet());
      results.addAll(new DryRun(this, names).steps());
      return finish(ownFailure, results);
    }
    FlowSettings settings = flow.settings();
    Limit limit = caller == null ? run.limit() : caller.limit();
    if (settings.timeout().isPresent()) {
      limit = Limit.after(settings.timeout().get(), Limit.Owner.FLOW).earlier(limit);
    }
    StepLoop loop = new StepLoop(this, worker);
    String notReady = ownFailure == null ? prepare(worker, limit) : ownFailure.message();
    Failure first = ownFailure;
    String skipReason = notReady;
    for (Phase phase : List.of(Phase.SETUP, Phase.STEPS)) {
      List<ResultNode> phaseResults =
          skipReason == null
              ? loop.runPhase(phase, scope, limit)
              : skipAll(loop, phase, skipReason);
      results.addAll(phaseResults);
      Failure failure = StepLoop.firstFailure(phaseResults);
      first = first == null ? failure : first;
      if (failure != null && phase == Phase.SETUP && skipReason == null) {
        String step = failure.step().orElse(null);
        skipReason = "setup failed" + (step == null ? "" : " in the step \"" + step + "\"");
      }
    }
    first = first == null ? ownFailure : first;
    Status status = status(first, results);
    constants.put("FLOW_STATUS", status.key());
    Limit teardownLimit = Limit.after(settings.teardownTimeout(), Limit.Owner.TEARDOWN);
    List<ResultNode> teardown = loop.runPhase(Phase.TEARDOWN, scope, teardownLimit);
    results.addAll(teardown);
    first = first == null ? StepLoop.firstFailure(teardown) : first;
    first = first == null ? ownFailure : first;
    first = closeResources(first);
    return finish(first, results);
  }

  private FlowResult finish(@Nullable Failure first, List<ResultNode> results) {
    Flow flow = checked.flow();
    FlowResult.Builder record =
        FlowResult.builder(index(), masking.mask(name), status(first, results))
            .file(file())
            .line(line())
            .row(maskedRow())
            .tags(flow.tags())
            .started(started)
            .duration(Duration.ofNanos(System.nanoTime() - startNanos))
            .failure(first)
            .steps(List.copyOf(results))
            .counts(Counting.of(results));
    if (caller == null) {
      trace.end(record.build());
    }
    FlowResult result = record.warnings(warnings()).build();
    if (caller == null) {
      emit(new RunEvent.FlowFinished(result));
    } else {
      caller.flow().addWarnings(result.warnings());
    }
    return result;
  }

  private Status status(@Nullable Failure first, List<ResultNode> results) {
    boolean ran = false;
    boolean stopped = cancelled;
    boolean broken = erroneous;
    for (ResultNode node : results) {
      ran |= node.status() != Status.SKIPPED;
      stopped |= node.status() == Status.CANCELLED;
      broken |= node.status() == Status.ERROR;
    }
    if (stopped) {
      return Status.CANCELLED;
    }
    if (broken) {
      return Status.ERROR;
    }
    if (first != null) {
      return Status.FAILED;
    }
    return ran ? Status.PASSED : Status.SKIPPED;
  }

  private static List<ResultNode> skipAll(StepLoop loop, Phase phase, String reason) {
    List<ResultNode> skipped = new ArrayList<>();
    for (CheckedStep step : loop.flow().checked().steps(phase)) {
      skipped.add(loop.skip(step, reason, loop.flow().nesting()));
    }
    return skipped;
  }

  /** Takes note of an output, which may be a secret. */
  void noteOutput(String name, @Nullable Object value) {
    secrets.note(name, value);
  }

  /** Lets the handlers prepare; gives why the steps cannot run, or null. */
  private @Nullable String prepare(Worker worker, Limit limit) {
    HandlerPreparation.Unready unready = HandlerPreparation.prepare(this, worker, limit);
    if (unready == null) {
      return null;
    }
    if (unready.failure() == null) {
      cancelled = true;
    } else {
      erroneous = true;
      ownFailure = unready.failure();
    }
    return unready.reason();
  }

  /** Closes what the flow has opened; gives the first failure, with that of closing as the last. */
  private @Nullable Failure closeResources(@Nullable Failure first) {
    try {
      resources.close();
      return first;
    } catch (RuntimeException e) {
      String message = "what the flow had opened " + e.getMessage();
      if (first != null) {
        warn("action_failed", message);
        return first;
      }
      erroneous = true;
      return failure("action_failed", message).build();
    }
  }

  /** A failure of the flow itself, at its name. */
  Failure.Builder failure(String code, String message) {
    SourceSpan span = checked.flow().source().at("name").value();
    return Failure.builder(code, masking.mask(message))
        .span(span)
        .excerpt(masking.maskLines(checked.flow().source().excerpt(span)));
  }

  /** Notes that steps did not run because the run was cancelled. */
  void cancelled() {
    cancelled = true;
  }

  /** Notes that steps did not run because a limit was over. */
  void late(Limit limit) {
    if (ownFailure == null) {
      ownFailure =
          failure(
                  "timeout",
                  limit.owner().words()
                      + " of "
                      + Durations.render(limit.length())
                      + " was over before all steps had run")
              .build();
    }
  }

  /** Where the steps of the flow hang. */
  Nesting nesting() {
    return caller == null ? Nesting.OUTERMOST : caller.inside();
  }

  /** Whether the run gives a value of that name. */
  boolean isGiven(String name) {
    return run.variables().containsKey(name);
  }

  /** Notes that somebody interrupted the thread: the run is cancelled. */
  void interrupted() {
    run.interrupted();
  }

  /** Whether anybody listens: making events for nobody would cost. */
  boolean isWatched() {
    return run.isWatched();
  }

  /** Tells the listeners, who hear of one flow in order also where its steps run side by side. */
  void emit(RunEvent event) {
    synchronized (events) {
      run.emit(event);
    }
  }

  void warn(String code, String message) {
    synchronized (warnings) {
      warnings.add(
          Problem.warning(code, masking.mask(message), checked.flow().source().value(), null));
    }
  }

  private void addWarnings(List<Problem> more) {
    synchronized (warnings) {
      warnings.addAll(more);
    }
  }

  private List<Problem> warnings() {
    synchronized (warnings) {
      return List.copyOf(warnings);
    }
  }

  private @Nullable Map<String, @Nullable Object> maskedRow() {
    Row row = item.row();
    return row == null ? null : new Recording(masking).keepMap(row.values());
  }

  /**
   * What a flow that does not run is called, without secrets.
   *
   * @param name its name
   * @param row its data row, or null
   */
  record Label(String name, @Nullable Map<String, @Nullable Object> row) {
    static Label of(RunSetting run, RunItem item) {
      try {
        FlowRun flow = new FlowRun(run, item);
        return new Label(flow.masking.mask(flow.name), flow.maskedRow());
      } catch (RuntimeException | Error e) {
        // The engine itself broke, which is told already.
        return new Label(item.checked().flow().name(), null);
      }
    }
  }

  int index() {
    return item.index();
  }

  String name() {
    return name;
  }

  private String file() {
    return checked.flow().source().value().file();
  }

  private int line() {
    return checked.flow().source().key().line();
  }

  CheckedFlow checked() {
    return checked;
  }

  FlowScope scope() {
    return scope;
  }

  Masking masking() {
    return masking;
  }

  Failures failures() {
    return failures;
  }

  RunControl control() {
    return run.control();
  }

  boolean summarizeAll() {
    return run.options().summarizeAll();
  }

  String executionId() {
    return run.executionId();
  }

  String flowId() {
    return flowId;
  }

  Path folder() {
    Path parent = checked.flow().file().map(Path::toAbsolutePath).map(Path::getParent).orElse(null);
    return parent == null ? workingFolder() : parent;
  }

  Path workingFolder() {
    return run.workingFolder();
  }

  FlowThreads threads() {
    return run.threads();
  }

  Resources runnerResources() {
    return run.resources();
  }

  Resources flowResources() {
    return resources;
  }

  FlowTrace trace() {
    return trace;
  }

  /** The flow's {@code config.otel} over that of the runner, as it was written. */
  Map<String, @Nullable Object> otel() {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>(run.otel());
    keys.putAll(checked.flow().settings().otel());
    return keys;
  }

  /** Gives a name to the flow's expressions. */
  void define(String name, Object value) {
    constants.put(name, value);
  }
}

package io.testmesh.action;

import io.testmesh.action.ActionConfig.CheckedAssertion;
import io.testmesh.action.ActionConfig.CheckedExpression;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * All that belongs to one call of a handler. Used by the thread that called the handler; {@link
 * #log}, {@link #metric}, {@link #deadline} and {@link #cancellation} also by others while the call
 * lasts.
 *
 * @since 0.1
 */
public interface ActionContext {

  /** The step's configuration, rendered and checked. */
  ActionConfig config();

  /** The id of the run. */
  String executionId();

  /** The id of the flow in this run. */
  String flowId();

  /** The flow's name. */
  String flowName();

  /** The step's id. */
  String stepId();

  /** The flow's variables by precedence, without the process environment; made on each call. */
  Map<String, @Nullable Object> variables();

  /**
   * What earlier steps gave, by step id: the result overlaid by the declared outputs; made on each
   * call.
   */
  Map<String, Map<String, @Nullable Object>> stepOutputs();

  /**
   * The variables as a foreign program may see them: {@link #variables} without the secrets that
   * the step's configuration, as it was written, does not refer to; made on each call.
   */
  Map<String, @Nullable Object> sharedVariables();

  /**
   * {@link #stepOutputs} as a foreign program may see them: the secrets that the step's
   * configuration, as it was written, does not refer to are masked in it; made on each call.
   */
  Map<String, Map<String, @Nullable Object>> sharedStepOutputs();

  /** When the attempt has to be over. */
  Deadline deadline();

  /** Tells that the attempt is to stop: by time-out, by the user, or by the flow's end. */
  Cancellation cancellation();

  /** Writes a line into the step's record. */
  void log(Level level, String message);

  /** Writes a line into the step's record that was said at another time. */
  void log(Level level, String message, Instant time);

  /** Adds a number to the step's record. */
  void metric(String name, Number value);

  /**
   * The value of an expression or path.
   *
   * @param first names that are found before all others, such as those of a result
   * @param document what {@code $} stands for, JSON-like
   * @throws ActionException code {@code expression_failed} and others, as for an assertion
   */
  @Nullable Object evaluate(
      CheckedExpression expression,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document)
      throws ActionException;

  /**
   * How the parts of a condition come out, each as an assertion of its own: what {@code &&} joins,
   * or the condition as a whole. Nothing is recorded with the step.
   *
   * @param first as in {@link #evaluate}
   * @param document as in {@link #evaluate}
   * @return the results, in order; empty for a path
   */
  List<AssertionResult> explain(
      CheckedExpression condition,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document);

  /**
   * Evaluates assertions and records them with the step, which fails when one does not hold.
   *
   * @param first as in {@link #evaluate}
   * @param document as in {@link #evaluate}
   * @return the results, in order
   */
  List<AssertionResult> check(
      List<? extends CheckedAssertion> assertions,
      Map<String, ? extends @Nullable Object> first,
      @Nullable Object document);

  /**
   * The names of result keys that the step's own assertions read. A handler uses it to leave to the
   * author what the author checks.
   */
  Set<String> assertedKeys();

  /** A path of the configuration, seen from the flow's folder. */
  Path resolve(String path);

  /** A path that is written to, seen from the run's working folder. */
  Path resolveOutput(String path);

  /** Things that live as long as the runner, shared by its flows. */
  Resources runnerResources();

  /** Things that live as long as the flow. */
  Resources flowResources();

  /** The trace that the flow belongs to, if there is one. */
  Optional<TraceContext> trace();

  /**
   * Lets the following steps of the flow belong to the trace, as children of its span, which ends
   * with the flow.
   *
   * @param name the name of that span
   * @param attributes what is said of it where spans are exported, JSON-like
   */
  void startTrace(
      TraceContext trace, String name, Map<String, ? extends @Nullable Object> attributes);

  /**
   * From now on the flow, its steps and attempts are exported as spans, and what an attempt calls
   * is a child of its span. Begins a trace when the flow has none. An exporter that was named
   * before gives way.
   *
   * @param service the service that they are shown as; null for the exporter's own
   */
  void exportSpans(SpanExporter exporter, @Nullable String service);

  /**
   * Says what the next look is waiting for, where the engine repeats the action: it is made as soon
   * as the stage is complete, and otherwise after the pause that the step has between two looks.
   */
  void lookAgainAt(CompletionStage<?> stage);

  /** Converts between JSON text and JSON-like values. */
  JsonFormat json();
}

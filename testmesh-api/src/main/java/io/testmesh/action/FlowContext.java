package io.testmesh.action;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a handler knows about a flow before its first step.
 *
 * @since 0.1
 */
public interface FlowContext {

  /** The id of the run. */
  String executionId();

  /** The id of the flow in this run. */
  String flowId();

  /** The flow's name. */
  String flowName();

  /** The flow's variables by precedence, without the process environment. */
  Map<String, @Nullable Object> variables();

  /** Fills in the placeholders of a value as far as they are known now. */
  @Nullable Object render(@Nullable Object value) throws ActionException;

  /** A path of the configuration, seen from the flow's folder. */
  Path resolve(String path);

  /** When the preparation has to be over. */
  Deadline deadline();

  /** Tells that the preparation is to stop. */
  Cancellation cancellation();

  /** Things that live as long as the runner, shared by its flows. */
  Resources runnerResources();

  /** Things that live as long as the flow. */
  Resources flowResources();

  /**
   * The flow's {@code config.otel} over that of the runner, placeholders filled in as far as they
   * are known now.
   */
  Map<String, @Nullable Object> otel() throws ActionException;

  /** Gives the flow's expressions a name, which comes after variables of the same name. */
  void define(String name, Object value);

  /** Exports the flow as spans; see {@link ActionContext#exportSpans}. */
  void exportSpans(SpanExporter exporter, @Nullable String service);

  /** Adds a warning to the flow's result. */
  void warn(String code, String message);

  /** Converts between JSON text and JSON-like values. */
  JsonFormat json();
}

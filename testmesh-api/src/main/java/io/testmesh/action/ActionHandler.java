package io.testmesh.action;

import io.testmesh.result.ActionSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An action. Found by {@link java.util.ServiceLoader} (a public class with a public constructor
 * without parameters), or handed to the runner's builder. Called by several threads at once, so it
 * keeps nothing that belongs to a call.
 *
 * <p>A handler makes one attempt: retries, polling, assertions and records are the engine's.
 *
 * @since 0.1
 */
public interface ActionHandler {

  /** All that is known about the action; the same on every call. */
  ActionDescriptor descriptor();

  /**
   * Makes one attempt.
   *
   * @return the result, JSON-like
   * @throws ActionException when the action failed; anything else that is thrown is a failure too
   * @throws InterruptedException when the attempt was stopped while it waited
   */
  ActionResult execute(ActionContext context) throws ActionException, InterruptedException;

  /**
   * Looks at a step's configuration while flows are checked: finds what would fail every attempt.
   * Keys and types were held against the descriptor before. Starts and contacts nothing.
   *
   * @param config the configuration; takes the problems
   */
  default void check(ConfigCheck config) {}

  /**
   * What loads the classes that the first attempt would have to load; empty where that is not worth
   * a thread. Run at most once for a runner, on another thread as soon as it is known that a run
   * uses the action; starts and contacts nothing, and what it throws is ignored.
   */
  default Optional<Runnable> warmUp() {
    return Optional.empty();
  }

  /**
   * Prepares a flow that uses the action; called once for a flow, before its first step.
   *
   * @param flow what belongs to the flow
   * @param steps the configurations of the flow's steps that use the action: placeholders as they
   *     were written, keys under their declared spelling, defaults and the keys of a named
   *     connection filled in
   * @throws ActionException when the flow cannot be run; it then ends as {@code error}
   */
  default void beforeFlow(FlowContext flow, List<Map<String, @Nullable Object>> steps)
      throws ActionException, InterruptedException {}

  /**
   * Says in a few words what was called and what came back. Called only where it is shown.
   *
   * @param config the configuration as it was sent
   * @param result the result; empty when there is none
   */
  default ActionSummary summarize(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    return ActionSummary.NONE;
  }
}

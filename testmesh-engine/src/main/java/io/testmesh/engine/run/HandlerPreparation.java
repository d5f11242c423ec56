package io.testmesh.engine.run;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.engine.check.CheckedAction;
import io.testmesh.engine.check.CheckedFlow;
import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.value.Durations;
import io.testmesh.flow.Phase;
import io.testmesh.result.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets the handlers of a flow prepare it before its first step. */
final class HandlerPreparation {
  private HandlerPreparation() {}

  /** Asks each handler once, in the order of the steps; gives why the steps cannot run, or null. */
  static @Nullable Unready prepare(FlowRun flow, Worker worker, Limit limit) {
    CheckedFlow checked = flow.checked();
    Map<ActionHandler, List<Map<String, @Nullable Object>>> uses = new LinkedHashMap<>();
    for (Phase phase : Phase.values()) {
      collect(checked.steps(phase), uses);
    }
    for (Map.Entry<ActionHandler, List<Map<String, @Nullable Object>>> use : uses.entrySet()) {
      Limit own =
          Limit.after(checked.flow().settings().stepTimeout(), Limit.Owner.STEP).earlier(limit);
      Unready unready = ask(use.getKey(), use.getValue(), flow, worker, own);
      if (unready != null) {
        return unready;
      }
    }
    return null;
  }

  private static void collect(
      List<CheckedStep> steps, Map<ActionHandler, List<Map<String, @Nullable Object>>> uses) {
    for (CheckedStep step : steps) {
      if (step.action() instanceof CheckedAction.Call call) {
        List<Map<String, @Nullable Object>> configs = uses.get(call.handler());
        if (configs == null) {
          configs = new ArrayList<>();
          uses.put(call.handler(), configs);
        }
        configs.add(step.config().written());
      } else {
        collect(step.action().nested(), uses);
      }
      collect(step.errorSteps(), uses);
    }
  }

  private static @Nullable Unready ask(
      ActionHandler handler,
      List<Map<String, @Nullable Object>> configs,
      FlowRun flow,
      Worker worker,
      Limit limit) {
    Guard guard = flow.control().begin(worker, limit);
    ActionException refused = null;
    Throwable broken = null;
    boolean interrupted = false;
    try {
      if (!guard.isCancelled()) {
        handler.beforeFlow(new Preparation(flow, guard), List.copyOf(configs));
      }
    } catch (ActionException e) {
      refused = e;
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (Throwable e) {
      // A handler is foreign code: the flow cannot run, the others can.
      broken = e;
    }
    StopReason stopped = worker.end(guard);
    if (interrupted && stopped == null) {
      flow.interrupted();
      stopped = StopReason.CANCELLED;
    }
    if (stopped == StopReason.CANCELLED) {
      return new Unready(flow.control().reason(), null);
    }
    String action = handler.descriptor().id();
    if (stopped == StopReason.TIMEOUT) {
      String problem = "not done after " + Durations.render(limit.length());
      return unready(flow, action, "timeout", problem, null, null);
    }
    if (refused != null) {
      String hint = refused.hint().orElse(null);
      return unready(
          flow, action, refused.code(), String.valueOf(refused.getMessage()), hint, null);
    }
    return broken == null
        ? null
        : unready(flow, action, "action_failed", Failures.words(broken), null, broken);
  }

  private static Unready unready(
      FlowRun flow,
      String action,
      String code,
      String problem,
      @Nullable String hint,
      @Nullable Throwable broken) {
    String reason = "the action " + action + " could not prepare the flow: " + problem;
    Failure failure =
        flow.failure(code, reason)
            .hint(flow.masking().maskOptional(hint))
            .stackTrace(broken == null ? null : flow.masking().mask(Failures.trace(broken)))
            .build();
    return new Unready(reason, failure);
  }

  /**
   * Why a flow's steps cannot run.
   *
   * @param reason for people
   * @param failure what failed; null when the run was cancelled
   */
  record Unready(String reason, @Nullable Failure failure) {}
}

package io.testmesh.engine.run;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.engine.check.CheckedAction;
import io.testmesh.engine.check.CheckedFlow;
import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.value.Durations;
import io.testmesh.flow.Phase;
import io.testmesh.result.Failure;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Lets the handlers of a flow prepare it before its first step. */
final class HandlerPreparation {
  private HandlerPreparation() {}

  /** Asks each handler once, in the order of the steps; gives why the steps cannot run, or null. */
  static @Nullable Unready prepare(FlowRun flow, Worker worker, Limit limit) {
    CheckedFlow checked = flow.checked();
    Map<ActionHandler, List<CheckedStep>> uses = new LinkedHashMap<>();
    ActionHandler tracing = checked.tracing();
    if (tracing != null) {
      uses.put(tracing, new ArrayList<>());
    }
    for (Phase phase : Phase.values()) {
      collect(checked.steps(phase), uses);
    }
    for (Map.Entry<ActionHandler, List<CheckedStep>> use : uses.entrySet()) {
      Limit own =
          Limit.after(checked.flow().settings().stepTimeout(), Limit.Owner.STEP).earlier(limit);
      Unready unready = ask(use.getKey(), use.getValue(), flow, worker, own);
      if (unready != null) {
        return unready;
      }
    }
    return null;
  }

  private static void collect(List<CheckedStep> steps, Map<ActionHandler, List<CheckedStep>> uses) {
    for (CheckedStep step : steps) {
      if (step.action() instanceof CheckedAction.Call call) {
        List<CheckedStep> own = uses.get(call.handler());
        if (own == null) {
          own = new ArrayList<>();
          uses.put(call.handler(), own);
        }
        own.add(step);
      } else {
        collect(step.action().nested(), uses);
      }
      collect(step.errorSteps(), uses);
    }
  }

  private static @Nullable Unready ask(
      ActionHandler handler, List<CheckedStep> steps, FlowRun flow, Worker worker, Limit limit) {
    Guard guard = flow.control().begin(worker, limit);
    ActionException refused = null;
    Throwable broken = null;
    boolean interrupted = false;
    try {
      if (!guard.isCancelled()) {
        handler.beforeFlow(new Preparation(flow, guard), new Configs(steps));
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

  /** The configurations of steps, made when they are looked at: most handlers never do. */
  private static final class Configs extends AbstractList<Map<String, @Nullable Object>>
      implements RandomAccess {
    private final List<CheckedStep> steps;

    Configs(List<CheckedStep> steps) {
      this.steps = steps;
    }

    @Override
    public Map<String, @Nullable Object> get(int index) {
      return steps.get(index).config().written();
    }

    @Override
    public int size() {
      return steps.size();
    }
  }

  /**
   * Why a flow's steps cannot run.
   *
   * @param reason for people
   * @param failure what failed; null when the run was cancelled
   */
  record Unready(String reason, @Nullable Failure failure) {}
}

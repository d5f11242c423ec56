package io.testmesh.engine.run;

import io.testmesh.FlowSet;
import io.testmesh.action.ActionHandler;
import io.testmesh.engine.catalogue.ActionCatalogue;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Phase;
import io.testmesh.flow.Step;
import io.testmesh.flow.StepBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Loads the classes of actions on a thread of its own, while the flows are checked. Each action
 * once for a runner. Safe for use by several threads.
 */
final class WarmUp implements AutoCloseable {
  private final ActionCatalogue catalogue;
  private final Set<String> known = new HashSet<>();
  private @Nullable Thread thread;

  WarmUp(ActionCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Begins with the actions of the flows that were not seen yet; returns at once. */
  synchronized void begin(FlowSet flows) {
    List<String> actions = new ArrayList<>();
    for (Flow flow : flows.flows()) {
      for (Phase phase : Phase.values()) {
        collect(flow.steps(phase), actions);
      }
    }
    begin(actions);
  }

  private void collect(List<Step> steps, List<String> actions) {
    for (Step step : steps) {
      if (known.add(step.action())) {
        actions.add(step.action());
      }
      for (StepBlock block : step.blocks()) {
        collect(block.steps(), actions);
      }
    }
  }

  private void begin(List<String> actions) {
    if (!actions.isEmpty() && thread == null) {
      Thread loading = new Thread(() -> run(actions), "testmesh-warm-up");
      loading.setDaemon(true);
      thread = loading;
      loading.start();
    }
  }

  private void run(List<String> actions) {
    for (String action : actions) {
      ActionHandler handler = catalogue.find(action).handler();
      Runnable work = handler == null ? null : handler.warmUp().orElse(null);
      if (work != null) {
        load(work);
      }
    }
  }

  private static void load(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError e) {
      // The first attempt meets the same problem and can say where.
      LoggerFactory.getLogger(WarmUp.class).debug("warm-up failed", e);
    }
  }

  /** Waits for the thread. */
  @Override
  public void close() {
    Thread loading;
    synchronized (this) {
      loading = thread;
    }
    if (loading != null && Threads.join(loading)) {
      Thread.currentThread().interrupt();
    }
  }
}

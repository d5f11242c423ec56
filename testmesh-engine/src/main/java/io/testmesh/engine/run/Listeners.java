package io.testmesh.engine.run;

import io.testmesh.event.RunEvent;
import io.testmesh.event.RunListener;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Tells listeners of events. One that throws is logged and noted, and changes nothing. */
final class Listeners {
  private final List<RunListener> listeners;
  private final Set<String> problems = new LinkedHashSet<>();

  Listeners(List<RunListener> first, List<RunListener> second) {
    List<RunListener> all = new ArrayList<>(first);
    all.addAll(second);
    listeners = List.copyOf(all);
  }

  boolean isWatched() {
    return !listeners.isEmpty();
  }

  void emit(RunEvent event) {
    for (RunListener listener : listeners) {
      try {
        listener.on(event);
      } catch (Throwable e) {
        // Foreign code: an AssertionError too changes nothing.
        note(listener, e);
      }
    }
  }

  private void note(RunListener listener, Throwable e) {
    String problem = "a listener failed: " + listener.getClass().getName() + ": " + e;
    boolean first;
    synchronized (problems) {
      first = problems.size() < 20 && problems.add(problem);
    }
    if (first) {
      LoggerFactory.getLogger(Listeners.class).warn("{}", problem, e);
    }
  }

  /** What listeners threw, each once. */
  List<String> problems() {
    synchronized (problems) {
      return List.copyOf(problems);
    }
  }
}

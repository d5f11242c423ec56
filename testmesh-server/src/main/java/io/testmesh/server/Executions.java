package io.testmesh.server;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The executions of a server: those that run, and the last that ended. Safe for use by several
 * threads.
 */
final class Executions {
  static final int MOST = 100;
  private static final long MOST_BYTES = 256L * 1024 * 1024;

  private final FlowRunner runner;
  private final Deque<Execution> all = new ArrayDeque<>();
  private boolean closed;

  Executions(FlowRunner runner) {
    this.runner = runner;
  }

  /**
   * Starts a run.
   *
   * @throws RequestException when too many run already, or the server is closing
   */
  Execution start(FlowSet flows, Map<String, @Nullable Object> variables) throws RequestException {
    Execution execution = new Execution(UUID.randomUUID().toString(), flows);
    add(execution);
    RunOptions.Builder options =
        RunOptions.builder().executionId(execution.id()).keepResults(RunOptions.KeepResults.NONE);
    variables.forEach(options::variable);
    execution.listenTo(options);
    try {
      execution.started(runner.start(flows, options.build()));
    } catch (IllegalStateException e) {
      remove(execution);
      throw closing();
    }
    return execution;
  }

  private synchronized void add(Execution execution) throws RequestException {
    if (closed) {
      throw closing();
    }
    makeRoom();
    if (all.size() >= MOST) {
      throw new RequestException(
              503, "TOO_MANY_EXECUTIONS", "already " + MOST + " executions run", null)
          .header("Retry-After", "5");
    }
    all.add(execution);
  }

  /** Drops the oldest that ended, where there are too many or they are too large. */
  private void makeRoom() {
    long bytes = 0;
    for (Execution execution : all) {
      bytes += execution.bytes();
    }
    Iterator<Execution> oldest = all.iterator();
    while (oldest.hasNext() && (all.size() >= MOST || bytes > MOST_BYTES)) {
      Execution execution = oldest.next();
      if (!execution.isRunning()) {
        bytes -= execution.bytes();
        oldest.remove();
      }
    }
  }

  private synchronized void remove(Execution execution) {
    all.remove(execution);
  }

  private static RequestException closing() {
    return new RequestException(503, "CLOSING", "the server is ending", null);
  }

  /** The execution of that id. */
  synchronized Execution require(String id) throws RequestException {
    for (Execution execution : all) {
      if (execution.id().equals(id)) {
        return execution;
      }
    }
    throw RequestException.notFound(
        "there is no execution \"" + id + "\"", "the last " + MOST + " are kept");
  }

  /** All, the newest first. */
  synchronized List<Execution> list() {
    List<Execution> list = new ArrayList<>(all);
    Collections.reverse(list);
    return list;
  }

  /** Takes no more and cancels those that run; whoever closes the runner waits for them. */
  void close() {
    List<Execution> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(all);
    }
    running.forEach(Execution::cancel);
  }
}

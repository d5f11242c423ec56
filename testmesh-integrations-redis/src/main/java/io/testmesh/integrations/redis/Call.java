package io.testmesh.integrations.redis;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.Cancellation.Registration;
import io.testmesh.action.Deadline;
import io.testmesh.result.Level;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One use of Redis by an attempt: knows when it has to be over, and closes the socket that the
 * attempt waits for when the attempt is stopped. Belongs to the thread of the attempt.
 */
final class Call implements AutoCloseable {
  /** The engine ends an attempt whose time is up; this much later the socket does it itself. */
  private static final long GRACE_MILLIS = 2_000;

  private final ActionContext context;
  private final @Nullable Duration timeout;
  private final Registration registration;
  private @Nullable Socket socket;
  private boolean stopped;

  Call(ActionContext context) throws ActionException {
    this.context = context;
    timeout = context.config().optionalDuration("timeout").orElse(null);
    if (timeout != null && timeout.isZero()) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "\"timeout\" wants more than 0, got 0");
    }
    registration = context.cancellation().onCancel(this::stop);
  }

  /** From another thread: whoever waits for the socket stops waiting. */
  private void stop() {
    Socket waiting;
    synchronized (this) {
      stopped = true;
      waiting = socket;
    }
    if (waiting != null) {
      closeQuietly(waiting);
    }
  }

  /** The socket that the attempt is about to wait for; closed at once when it is to stop. */
  void watch(Socket used) {
    boolean late;
    synchronized (this) {
      socket = used;
      late = stopped;
    }
    if (late) {
      closeQuietly(used);
    }
  }

  /** The attempt waits for the socket no more. Whether the socket is left open. */
  synchronized boolean release() {
    socket = null;
    return !stopped;
  }

  /** Ends the attempt when it is to stop. */
  void throwIfStopped() throws InterruptedException {
    boolean now;
    synchronized (this) {
      now = stopped;
    }
    if (now || Thread.currentThread().isInterrupted()) {
      throw new InterruptedException("the attempt was stopped");
    }
  }

  /** When the answer to what is sent now has to be there. */
  Deadline answerBy() {
    Deadline end = context.deadline();
    return timeout == null
        ? Deadline.after(end.remaining().plusMillis(GRACE_MILLIS))
        : Deadline.after(timeout).earlier(end);
  }

  /** How long an answer may take; null for as long as the attempt may. */
  @Nullable Duration timeout() {
    return timeout;
  }

  /** When the attempt has to be over. */
  Deadline deadline() {
    return context.deadline();
  }

  /** Writes a line into the step's record. */
  void warn(String message) {
    context.log(Level.WARN, message);
  }

  /** Milliseconds until then, as a socket wants them: never 0, which would be for ever. */
  static int millisUntil(Deadline end) {
    long millis = (end.remainingNanos() + 999_999) / 1_000_000;
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, millis));
  }

  static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }

  @Override
  public void close() {
    registration.close();
  }
}

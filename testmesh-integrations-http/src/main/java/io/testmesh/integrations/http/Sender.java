package io.testmesh.integrations.http;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.Cancellation.Registration;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one step, one after the other, and ends them when the step is to stop. Used
 * by the step's thread; to be closed when the last response has been read.
 */
final class Sender implements Runnable, AutoCloseable {
  private final ActionContext context;
  private final HttpClients clients;
  private final Transport transport;
  private final @Nullable Duration timeout;
  private final long endNanos;
  private final Registration registration;
  private volatile @Nullable Call current;

  /**
   * Begins the step's time.
   *
   * @param timeout how long all requests may take together; null for no limit of their own
   */
  Sender(
      ActionContext context, HttpClients clients, Transport transport, @Nullable Duration timeout) {
    this.context = context;
    this.clients = clients;
    this.transport = transport;
    long most = context.deadline().remainingNanos();
    boolean limited = timeout != null && timeout.compareTo(Duration.ofNanos(most)) < 0;
    this.timeout = limited ? timeout : null;
    this.endNanos = limited && timeout != null ? System.nanoTime() + timeout.toNanos() : 0;
    this.registration = context.cancellation().onCancel(this);
  }

  /** Ends the request in flight; called from another thread. */
  @Override
  public void run() {
    Call call = current;
    if (call != null) {
      call.cancel();
    }
  }

  /**
   * Sends a request and waits for the head of its response.
   *
   * @return the response; the caller reads and closes it before it sends again
   */
  Response send(Request request) throws ActionException, InterruptedException {
    while (true) {
      Call call = clients.client(transport, request.isHttps()).newCall(request);
      if (timeout != null) {
        // A limit of 0 would be none.
        call.timeout().timeout(Math.max(1, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
      current = call;
      stopIfCancelled();
      try {
        return call.execute();
      } catch (Wire.ClosedMeanwhileException e) {
        // Nothing was sent, and that connection is gone from the pool: another one, or a new one.
      } catch (IOException e) {
        throw failure(e, request, "before a response came");
      }
    }
  }

  /**
   * What an error of the connection means.
   *
   * @param when at which point of the exchange it came, in words
   */
  ActionException failure(IOException error, Request request, String when)
      throws InterruptedException {
    stopIfCancelled();
    if (Thread.interrupted()) {
      throw new InterruptedException(error.getMessage());
    }
    Duration limit = timeout;
    if (limit != null && endNanos - System.nanoTime() <= 1_000_000) {
      return new ActionException(
          ActionException.TIMEOUT,
          request.method()
              + " "
              + Urls.shown(request.url())
              + " took longer than "
              + limit.toMillis()
              + " ms, the \"timeout\" of the action; it was stopped "
              + when,
          error);
    }
    return HttpFailures.explain(error, request.url(), transport.proxy(), when);
  }

  private void stopIfCancelled() throws InterruptedException {
    if (context.cancellation().isCancelled()) {
      throw new InterruptedException("the step was stopped");
    }
  }

  @Override
  public void close() {
    registration.close();
  }
}

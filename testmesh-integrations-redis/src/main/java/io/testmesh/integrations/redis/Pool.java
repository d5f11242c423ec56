package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one server: opened when they are needed, kept open between attempts, closed
 * with the runner. Safe for use by several threads.
 *
 * <p>Written here: the pools of the client library can neither stop an attempt that connects nor
 * one that waits for an answer.
 */
final class Pool implements AutoCloseable {
  /** A connection that rested for longer is asked whether it is alive. */
  static final Duration TRUSTED = Duration.ofMillis(100);

  private final Opener opener;
  private final String server;
  private final int size;
  private final Semaphore free;
  private final Deque<Link> resting = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /** Opens a connection. */
  interface Opener {
    /** A connection that is logged in. */
    Link open(Call call) throws ActionException, InterruptedException;
  }

  /**
   * A pool without connections.
   *
   * @param server what it connects to, for messages
   * @param size how many connections there are at most
   */
  Pool(Opener opener, String server, int size) {
    this.opener = opener;
    this.server = server;
    this.size = size;
    this.free = new Semaphore(size);
  }

  /** A connection for the call; to be given back. */
  Link take(Call call) throws ActionException, InterruptedException {
    if (!free.tryAcquire()) {
      call.warn("waits: all " + size + " connections to " + server + " are in use (pool_size)");
      if (!free.tryAcquire(Call.millisUntil(call.answerBy()), TimeUnit.MILLISECONDS)) {
        throw new ActionException(
                ActionException.TIMEOUT,
                "all "
                    + size
                    + " connections to "
                    + server
                    + " are in use by other steps, and none became free in time")
            .hint("a larger \"pool_size\" of the connection, or fewer flows at once");
      }
    }
    boolean isTaken = false;
    try {
      Link rested = rested(call);
      Link link = rested == null ? opener.open(call) : rested;
      isTaken = true;
      return link;
    } finally {
      if (!isTaken) {
        free.release();
      }
    }
  }

  private @Nullable Link rested(Call call) throws InterruptedException {
    while (true) {
      Link link = resting.pollFirst();
      if (link == null || link.idle().compareTo(TRUSTED) <= 0) {
        return link;
      }
      boolean isAlive = false;
      try {
        isAlive = link.isAlive(call);
      } finally {
        if (!isAlive) {
          link.close();
        }
      }
      if (isAlive) {
        return link;
      }
    }
  }

  /**
   * Takes a connection back.
   *
   * @param isSound whether the last answer was read to its end
   */
  void give(Link link, boolean isSound, Call call) {
    boolean isOpen = call.release();
    if (isSound && isOpen) {
      link.rest();
      resting.addFirst(link);
      if (closed) {
        clear();
      }
    } else {
      link.close();
    }
    free.release();
  }

  /** Closes the connections that nobody uses: the server they lead to is another one now. */
  void clear() {
    Link link;
    while ((link = resting.pollFirst()) != null) {
      link.close();
    }
  }

  /** Closes what nobody uses; what is in use is closed when it comes back. */
  @Override
  public void close() {
    closed = true;
    clear();
  }
}

package io.testmesh.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Does pieces of work side by side, each with a worker of its own, and waits until all have ended:
 * nothing goes on afterwards. Used once.
 *
 * <p>The thread that waits is in no section: what bounds or stops the step around the pieces bounds
 * and stops every piece by itself.
 */
final class SideBySide {
  private final FlowRun flow;
  private final Worker outer;
  private final int count;
  private final Piece piece;
  private final List<Worker> workers = new ArrayList<>();
  private int next;
  private @Nullable String stopped;
  private @Nullable Throwable broken;

  /** A piece of work. */
  interface Piece {
    /** Does it, and says what that means for the other pieces. */
    Next run(int index, Worker worker);
  }

  /**
   * What the end of a piece means for the others.
   *
   * @param begins whether further ones begin
   * @param stop why those that run have to stop; null when they need not
   */
  record Next(boolean begins, @Nullable String stop) {
    static final Next GO_ON = new Next(true, null);
    static final Next BEGIN_NO_MORE = new Next(false, null);

    static Next stop(String reason) {
      return new Next(false, reason);
    }
  }

  SideBySide(FlowRun flow, Worker outer, int count, Piece piece) {
    this.flow = flow;
    this.outer = outer;
    this.count = count;
    this.piece = piece;
  }

  /**
   * Does the pieces, in order as far as they begin.
   *
   * @param mostAtOnce how many at once; 0 for all
   * @return why pieces were stopped, or null
   */
  @Nullable String run(long mostAtOnce) {
    long wanted = mostAtOnce == 0 ? count : Math.min(count, mostAtOnce);
    int atOnce = flow.threads().limit((int) wanted);
    CountDownLatch running = new CountDownLatch(atOnce);
    for (int i = 0; i < atOnce; i++) {
      try {
        flow.threads().start(() -> work(running), atOnce);
      } catch (OutOfMemoryError noThread) {
        // The threads that are there, or else this one, do all pieces.
        work(running);
      }
    }
    await(running);
    synchronized (this) {
      if (broken != null) {
        throw new IllegalStateException("a piece of work broke", broken);
      }
      return stopped;
    }
  }

  private void await(CountDownLatch running) {
    while (true) {
      try {
        running.await();
        return;
      } catch (InterruptedException e) {
        flow.interrupted();
      }
    }
  }

  private void work(CountDownLatch running) {
    Worker worker = flow.control().worker(outer);
    try {
      begin(worker);
      for (int i = take(); i >= 0; i = take()) {
        after(piece.run(i, worker));
      }
    } catch (Throwable e) {
      // An error of the engine: it belongs to the thread that waits.
      breakOff(e);
    } finally {
      end(worker);
      running.countDown();
    }
  }

  private synchronized void begin(Worker worker) {
    workers.add(worker);
  }

  private synchronized int take() {
    return next < count ? next++ : -1;
  }

  private void after(Next meaning) {
    List<Worker> others = List.of();
    synchronized (this) {
      if (!meaning.begins) {
        next = count;
      }
      if (meaning.stop != null && stopped == null) {
        stopped = meaning.stop;
        others = List.copyOf(workers);
      }
    }
    // Without the lock: what reacts to being stopped is foreign code.
    for (Worker other : others) {
      flow.control().stop(other, String.valueOf(meaning.stop));
    }
  }

  private void breakOff(Throwable e) {
    synchronized (this) {
      if (broken == null) {
        broken = e;
      }
    }
    after(Next.stop("the engine broke in another branch"));
  }

  private void end(Worker worker) {
    synchronized (this) {
      workers.remove(worker);
    }
    flow.control().forget(worker);
  }
}

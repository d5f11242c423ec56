package io.testmesh.integrations.common;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionException;
import io.testmesh.action.Deadline;
import java.time.Duration;

/**
 * Looks again and again until what is wanted is there or the time is up: the loop of the older
 * actions that wait by themselves. Reacts to interruption. Belongs to one thread.
 */
public final class Waiting {
  private final long startNanos = System.nanoTime();
  private final Duration timeout;
  private final Duration interval;
  private final long mostAttempts;
  private final Deadline end;
  private long attempts;

  /** One look. */
  public interface Look {
    /**
     * Whether what is wanted is there.
     *
     * @param left how much of the time is left
     */
    boolean sees(Duration left) throws ActionException, InterruptedException;
  }

  private Waiting(Duration timeout, Duration interval, long mostAttempts) {
    this.timeout = timeout;
    this.interval = interval;
    this.mostAttempts = mostAttempts;
    this.end = Deadline.after(timeout, startNanos);
  }

  /**
   * As the keys {@code timeout}, {@code interval} and {@code max_attempts} of a step say; the time
   * begins now.
   *
   * @throws ActionException code {@code invalid_value} when there would be no attempt
   */
  public static Waiting of(ActionConfig config) throws ActionException {
    long most = Long.MAX_VALUE;
    if (config.value("max_attempts") != null) {
      most = config.integer("max_attempts");
      if (most < 1) {
        throw new ActionException(
            ActionException.INVALID_VALUE,
            "\"max_attempts\" wants a number from 1 on, got " + most);
      }
    }
    return new Waiting(config.duration("timeout"), config.duration("interval"), most);
  }

  /**
   * Looks until it sees what is wanted.
   *
   * @return false when the time is up, or it has looked often enough
   */
  public boolean until(Look look) throws ActionException, InterruptedException {
    while (true) {
      attempts++;
      if (look.sees(end.remaining())) {
        return true;
      }
      if (attempts >= mostAttempts || isTimeUp()) {
        return false;
      }
      Thread.sleep(interval.toMillis());
    }
  }

  private boolean isTimeUp() {
    return end.remaining().compareTo(interval) < 0;
  }

  /** How often it has looked. */
  public long attempts() {
    return attempts;
  }

  /** How long it has waited. */
  public long millis() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  /** What it gave up after, such as {@code within 5000 ms} or {@code in 3 attempts}. */
  public String limit() {
    return isTimeUp()
        ? "within " + timeout.toMillis() + " ms"
        : "in " + attempts + (attempts == 1 ? " attempt" : " attempts");
  }
}

package io.testmesh.engine.run;

import io.testmesh.action.Deadline;
import java.time.Duration;

/**
 * A deadline and what set it, so that a time-out can say which limit was too short.
 *
 * @param deadline when the time is up
 * @param owner whose limit it is
 * @param length the limit as it was set
 */
record Limit(Deadline deadline, Owner owner, Duration length) {

  /** Whose limit it is. */
  enum Owner {
    /** The step's {@code timeout}, or the flow's {@code step_timeout}. */
    STEP("the step's timeout"),
    /** The step's {@code within}. */
    WITHIN("\"within\""),
    /** The {@code max_duration} of {@code wait_until}. */
    WAIT("\"max_duration\""),
    /** The limit of a step that this one stands in. */
    BLOCK("the limit of the step around it"),
    /** The flow's {@code timeout}. */
    FLOW("the flow's timeout"),
    /** The flow's {@code teardown_timeout}. */
    TEARDOWN("the flow's teardown_timeout"),
    /** The run's. */
    RUN("the run's timeout");

    private final String words;

    Owner(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** A limit that begins now. */
  static Limit after(Duration length, Owner owner) {
    return new Limit(Deadline.after(length), owner, length);
  }

  /** A limit that began at a reading of {@link System#nanoTime()}. */
  static Limit after(Duration length, Owner owner, long nanoTime) {
    return new Limit(Deadline.after(length, nanoTime), owner, length);
  }

  /** The limit that is reached first. */
  Limit earlier(Limit other) {
    return deadline.nanoTime() - other.deadline.nanoTime() <= 0 ? this : other;
  }

  /** The limit as the steps inside of a step see it. */
  Limit inside() {
    return owner == Owner.STEP || owner == Owner.WITHIN
        ? new Limit(deadline, Owner.BLOCK, length)
        : this;
  }

  boolean isOver() {
    return deadline.isOver();
  }

  /** Whether it was over at a reading of {@link System#nanoTime()}. */
  boolean isOver(long nanoTime) {
    return deadline.nanoTime() - nanoTime <= 0;
  }
}

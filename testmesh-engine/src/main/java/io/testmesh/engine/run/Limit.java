package io.testmesh.engine.run;

import io.testmesh.action.Deadline;
import java.time.Duration;

/**
 * A deadline and what set it, so that a time-out can say which limit was too short.
 *
 * @param deadline when the time is up
 * @param what whose limit it is, such as {@code the step's timeout}
 * @param length the limit as it was set
 */
record Limit(Deadline deadline, String what, Duration length) {

  /** A limit that begins now. */
  static Limit after(Duration length, String what) {
    return new Limit(Deadline.after(length), what, length);
  }

  /** The limit that is reached first. */
  Limit earlier(Limit other) {
    return deadline.nanoTime() - other.deadline.nanoTime() <= 0 ? this : other;
  }
}

package io.testmesh.result;

import java.util.Objects;
import java.util.Optional;

/**
 * How a step ended, with what belongs to each end.
 *
 * @since 0.1
 */
public sealed interface Outcome {

  /** The status as reports write it. */
  Status status();

  /** Why the step did not pass, if it failed. */
  default Optional<Failure> failure() {
    return Optional.empty();
  }

  /** The action succeeded and all assertions hold. */
  record Passed() implements Outcome {
    @Override
    public Status status() {
      return Status.PASSED;
    }
  }

  /**
   * An assertion, the action, an expression or a time-out failed.
   *
   * @param cause why
   * @param tolerated whether the flow can pass all the same
   */
  record Failed(Failure cause, boolean tolerated) implements Outcome {
    /** Checks that the cause is present. */
    public Failed {
      Objects.requireNonNull(cause, "cause");
    }

    @Override
    public Status status() {
      return Status.FAILED;
    }

    @Override
    public Optional<Failure> failure() {
      return Optional.of(cause);
    }
  }

  /**
   * The step could not be run.
   *
   * @param cause why
   */
  record Errored(Failure cause) implements Outcome {
    /** Checks that the cause is present. */
    public Errored {
      Objects.requireNonNull(cause, "cause");
    }

    @Override
    public Status status() {
      return Status.ERROR;
    }

    @Override
    public Optional<Failure> failure() {
      return Optional.of(cause);
    }
  }

  /**
   * The step did not run.
   *
   * @param reason why, for people
   */
  record Skipped(String reason) implements Outcome {
    /** Checks that the reason is present. */
    public Skipped {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public Status status() {
      return Status.SKIPPED;
    }
  }

  /**
   * The step was stopped from outside while it ran.
   *
   * @param cause what stopped it, code {@code cancelled}
   */
  record Cancelled(Failure cause) implements Outcome {
    /** Checks that the cause is present. */
    public Cancelled {
      Objects.requireNonNull(cause, "cause");
    }

    @Override
    public Status status() {
      return Status.CANCELLED;
    }

    @Override
    public Optional<Failure> failure() {
      return Optional.of(cause);
    }
  }
}

package io.testmesh.result;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run found. Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class RunResult {
  private final Builder values;

  private RunResult(Builder values) {
    this.values = values;
  }

  /** Starts with the required parts. */
  public static Builder builder(RunStatus status) {
    return new Builder(status);
  }

  /** How the run ended. */
  public RunStatus status() {
    return values.status;
  }

  /** When it began. */
  public Instant started() {
    return values.started;
  }

  /** How long it took. */
  public Duration duration() {
    return values.duration;
  }

  /** The counts. */
  public RunSummary summary() {
    return values.summary;
  }

  /** What was wrong before anything ran, warnings included. */
  public List<Problem> problems() {
    return values.problems;
  }

  /** The flows that are kept, in the order of selection. */
  public List<FlowResult> flows() {
    return values.flows;
  }

  /** What was passed over, and why, for people. */
  public List<String> notes() {
    return values.notes;
  }

  /** The seed that repeats the run's made-up data. */
  public Optional<Long> seed() {
    return Optional.ofNullable(values.seed);
  }

  /** Whether this only shows what a run would do. */
  public boolean isDryRun() {
    return values.dryRun;
  }

  /**
   * Does nothing when every flow passed.
   *
   * @throws AssertionError with the full diagnosis when the run is anything but passed
   */
  public void orThrow() {
    if (values.status != RunStatus.PASSED) {
      throw new AssertionError(Diagnosis.of(this));
    }
  }

  /** A builder that holds what this holds. */
  public Builder toBuilder() {
    return values.copy();
  }

  /**
   * Collects the parts; not safe for use by several threads. Lists and maps are kept, not copied:
   * hand over what does not change.
   */
  public static final class Builder {
    private final RunStatus status;
    private Instant started = Instant.EPOCH;
    private Duration duration = Duration.ZERO;
    private RunSummary summary = RunSummary.NONE;
    private List<Problem> problems = List.of();
    private List<FlowResult> flows = List.of();
    private List<String> notes = List.of();
    private @Nullable Long seed;
    private boolean dryRun;

    private Builder(RunStatus status) {
      this.status = Objects.requireNonNull(status, "status");
    }

    /** Sets: when it began. */
    public Builder started(Instant started) {
      this.started = started;
      return this;
    }

    /** Sets: how long it took. */
    public Builder duration(Duration duration) {
      this.duration = duration;
      return this;
    }

    /** Sets: the counts. */
    public Builder summary(RunSummary summary) {
      this.summary = summary;
      return this;
    }

    /** Sets: what was wrong before anything ran, warnings included. */
    public Builder problems(List<Problem> problems) {
      this.problems = problems;
      return this;
    }

    /** Sets: the flows that are kept, in the order of selection. */
    public Builder flows(List<FlowResult> flows) {
      this.flows = flows;
      return this;
    }

    /** Sets: what was passed over, and why, for people. */
    public Builder notes(List<String> notes) {
      this.notes = notes;
      return this;
    }

    /** Sets: the seed that repeats the run's made-up data. */
    public Builder seed(@Nullable Long seed) {
      this.seed = seed;
      return this;
    }

    /** Sets: whether this only shows what a run would do. */
    public Builder dryRun(boolean on) {
      this.dryRun = on;
      return this;
    }

    private Builder copy() {
      Builder copy = new Builder(status);
      copy.started = started;
      copy.duration = duration;
      copy.summary = summary;
      copy.problems = problems;
      copy.flows = flows;
      copy.notes = notes;
      copy.seed = seed;
      copy.dryRun = dryRun;
      return copy;
    }

    /** Makes the result. */
    public RunResult build() {
      return new RunResult(copy());
    }
  }
}

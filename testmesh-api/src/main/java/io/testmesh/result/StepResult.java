package io.testmesh.result;

import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one step did. Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class StepResult implements ResultNode {
  private final Builder values;

  private StepResult(Builder values) {
    this.values = values;
  }

  /** Starts with the required parts. */
  public static Builder builder(String id, Phase phase, String action, Outcome outcome) {
    return new Builder(id, phase, action, outcome);
  }

  /** The id, given or made from phase and position. */
  public String id() {
    return values.id;
  }

  /** The phase that the step belongs to; a nested step's is that of its parent. */
  public Phase phase() {
    return values.phase;
  }

  /** The action's name. */
  public String action() {
    return values.action;
  }

  /** How the step ended. */
  public Outcome outcome() {
    return values.outcome;
  }

  /** The name for people. */
  public Optional<String> name() {
    return Optional.ofNullable(values.name);
  }

  /** Where the step stands. */
  public SourceSpan span() {
    return values.span;
  }

  /** When it began. */
  public Instant started() {
    return values.started;
  }

  /** How long it took with all attempts, and the waits between them. */
  public Duration duration() {
    return values.duration;
  }

  /** The configuration as it was sent, secrets masked. */
  public Map<String, @Nullable Object> config() {
    return values.config;
  }

  /** The action's full result, also when the step failed; secrets masked, long values cut. */
  public Map<String, @Nullable Object> result() {
    return values.result;
  }

  /** The values that were kept, secrets masked. */
  public Map<String, @Nullable Object> outputs() {
    return values.outputs;
  }

  /** Every attempt, in order. */
  public List<AttemptResult> attempts() {
    return values.attempts;
  }

  /** The assertions of the last attempt, in order. */
  public List<AssertionResult> assertions() {
    return values.assertions;
  }

  /** What the action logged, in order. */
  public List<LogEntry> logs() {
    return values.logs;
  }

  /** Numbers that the action reported. */
  public Map<String, @Nullable Object> metrics() {
    return values.metrics;
  }

  /** The call in a few words; there when the step failed or the run asks for it. */
  public Optional<ActionSummary> summary() {
    return Optional.ofNullable(values.summary);
  }

  /** What ran inside the step: error steps, rounds, branches. */
  @Override
  public List<ResultNode> children() {
    return values.children;
  }

  /** Whether a value of this record was cut. */
  public boolean truncated() {
    return values.truncated;
  }

  @Override
  public Status status() {
    return values.outcome.status();
  }

  /** Why the step did not pass. */
  public Optional<Failure> failure() {
    return values.outcome.failure();
  }

  /** Whether the step failed and the flow can pass all the same. */
  public boolean isTolerated() {
    return values.outcome instanceof Outcome.Failed failed && failed.tolerated();
  }

  /** Why the step did not run. */
  public Optional<String> skipReason() {
    return values.outcome instanceof Outcome.Skipped skipped
        ? Optional.of(skipped.reason())
        : Optional.empty();
  }

  /**
   * A value that the step kept.
   *
   * @throws java.util.NoSuchElementException when the step has no such output
   */
  public @Nullable Object output(String outputName) {
    if (!values.outputs.containsKey(outputName)) {
      throw new java.util.NoSuchElementException(
          "step \""
              + values.id
              + "\" has no output \""
              + outputName
              + "\"; it has "
              + values.outputs.keySet());
    }
    return values.outputs.get(outputName);
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
    private final String id;
    private final Phase phase;
    private final String action;
    private final Outcome outcome;
    private @Nullable String name;
    private SourceSpan span = SourceSpan.NONE;
    private Instant started = Instant.EPOCH;
    private Duration duration = Duration.ZERO;
    private Map<String, @Nullable Object> config = Map.of();
    private Map<String, @Nullable Object> result = Map.of();
    private Map<String, @Nullable Object> outputs = Map.of();
    private List<AttemptResult> attempts = List.of();
    private List<AssertionResult> assertions = List.of();
    private List<LogEntry> logs = List.of();
    private Map<String, @Nullable Object> metrics = Map.of();
    private @Nullable ActionSummary summary;
    private List<ResultNode> children = List.of();
    private boolean truncated;
    private boolean built;

    private Builder(String id, Phase phase, String action, Outcome outcome) {
      this.id = Objects.requireNonNull(id, "id");
      this.phase = Objects.requireNonNull(phase, "phase");
      this.action = Objects.requireNonNull(action, "action");
      this.outcome = Objects.requireNonNull(outcome, "outcome");
    }

    /** Sets: the name for people. */
    public Builder name(@Nullable String name) {
      requireOpen();
      this.name = name;
      return this;
    }

    /** Sets: where the step stands. */
    public Builder span(SourceSpan span) {
      requireOpen();
      this.span = span;
      return this;
    }

    /** Sets: when it began. */
    public Builder started(Instant started) {
      requireOpen();
      this.started = started;
      return this;
    }

    /** Sets: how long it took with all attempts, and the waits between them. */
    public Builder duration(Duration duration) {
      requireOpen();
      this.duration = duration;
      return this;
    }

    /** Sets: the configuration as it was sent, secrets masked. */
    public Builder config(Map<String, @Nullable Object> config) {
      requireOpen();
      this.config = config;
      return this;
    }

    /**
     * Sets: the action's full result, also when the step failed; secrets masked, long values cut.
     */
    public Builder result(Map<String, @Nullable Object> result) {
      requireOpen();
      this.result = result;
      return this;
    }

    /** Sets: the values that were kept, secrets masked. */
    public Builder outputs(Map<String, @Nullable Object> outputs) {
      requireOpen();
      this.outputs = outputs;
      return this;
    }

    /** Sets: every attempt, in order. */
    public Builder attempts(List<AttemptResult> attempts) {
      requireOpen();
      this.attempts = attempts;
      return this;
    }

    /** Sets: the assertions of the last attempt, in order. */
    public Builder assertions(List<AssertionResult> assertions) {
      requireOpen();
      this.assertions = assertions;
      return this;
    }

    /** Sets: what the action logged, in order. */
    public Builder logs(List<LogEntry> logs) {
      requireOpen();
      this.logs = logs;
      return this;
    }

    /** Sets: numbers that the action reported. */
    public Builder metrics(Map<String, @Nullable Object> metrics) {
      requireOpen();
      this.metrics = metrics;
      return this;
    }

    /** Sets: the call in a few words; there when the step failed or the run asks for it. */
    public Builder summary(@Nullable ActionSummary summary) {
      requireOpen();
      this.summary = summary;
      return this;
    }

    /** Sets: what ran inside the step: error steps, rounds, branches. */
    public Builder children(List<ResultNode> children) {
      requireOpen();
      this.children = children;
      return this;
    }

    /** Sets: whether a value of this record was cut. */
    public Builder truncated(boolean truncated) {
      requireOpen();
      this.truncated = truncated;
      return this;
    }

    private Builder copy() {
      Builder copy = new Builder(id, phase, action, outcome);
      copy.name = name;
      copy.span = span;
      copy.started = started;
      copy.duration = duration;
      copy.config = config;
      copy.result = result;
      copy.outputs = outputs;
      copy.attempts = attempts;
      copy.assertions = assertions;
      copy.logs = logs;
      copy.metrics = metrics;
      copy.summary = summary;
      copy.children = children;
      copy.truncated = truncated;
      return copy;
    }

    private void requireOpen() {
      if (built) {
        throw new IllegalStateException("the result of \"" + id + "\" is made already");
      }
    }

    /** Makes the result; the builder cannot be used any more. */
    public StepResult build() {
      requireOpen();
      built = true;
      return new StepResult(this);
    }
  }
}

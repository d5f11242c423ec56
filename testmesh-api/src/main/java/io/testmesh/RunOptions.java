package io.testmesh;

import io.testmesh.event.RunListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one run is done. Immutable.
 *
 * @since 0.1
 */
public final class RunOptions {

  /** As many flows at once as there are processors; all results kept. */
  public static final RunOptions DEFAULTS = builder().build();

  /** A value for {@link Builder#parallel(int)}: as many flows at once as there are. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private final Builder values;

  private RunOptions(Builder values) {
    this.values = values;
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Variables of this run, in order; they win over the runner's. */
  public Map<String, @Nullable Object> variables() {
    return values.variables;
  }

  /** How many flows run at once; 0 means the number of processors. */
  public int parallel() {
    return values.parallel;
  }

  /** Whether no flow is started after the first that fails. */
  public boolean failFast() {
    return values.failFast;
  }

  /** The limit of the whole run. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(values.timeout);
  }

  /** The seed of made-up data; wins over the flows'. */
  public Optional<Long> seed() {
    return Optional.ofNullable(values.seed);
  }

  /** The id of the run, where the caller gives it one; else the runner does. */
  public Optional<String> executionId() {
    return Optional.ofNullable(values.executionId);
  }

  /** Whether the run only shows what it would do: starts nothing, contacts nothing. */
  public boolean dryRun() {
    return values.dryRun;
  }

  /** Whether valid flows run although others are not valid. */
  public boolean continueOnInvalid() {
    return values.continueOnInvalid;
  }

  /** Which flows' steps stay in the run's result. */
  public KeepResults keepResults() {
    return values.keepResults;
  }

  /** Whether steps that passed have a summary too. */
  public boolean summarizeAll() {
    return values.summarizeAll;
  }

  /** Listeners of this run alone. */
  public List<RunListener> listeners() {
    return values.listeners;
  }

  /** Which flows' steps stay in memory after the flow's last event. */
  public enum KeepResults {
    /** None: counts and first failures alone. */
    NONE,
    /** Those of flows that did not pass: the first 1,000 in full. */
    FAILED,
    /** All. */
    ALL
  }

  /** Collects options; not safe for use by several threads. */
  public static final class Builder {
    private Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private int parallel;
    private boolean failFast;
    private @Nullable Duration timeout;
    private @Nullable Long seed;
    private @Nullable String executionId;
    private boolean continueOnInvalid;
    private boolean dryRun;
    private KeepResults keepResults = KeepResults.ALL;
    private boolean summarizeAll;
    private List<RunListener> listeners = new ArrayList<>();

    private Builder() {}

    /** Sets a variable of this run. The value is JSON-like. */
    public Builder variable(String name, @Nullable Object value) {
      variables.put(Objects.requireNonNull(name, "name"), value);
      return this;
    }

    /**
     * Sets how many flows run at once. With 1, {@link FlowRunner#run} uses the calling thread.
     *
     * @param flows 1 or more, or {@link #UNLIMITED}
     */
    public Builder parallel(int flows) {
      if (flows < 1) {
        throw new IllegalArgumentException("at least one flow has to run at once, not " + flows);
      }
      parallel = flows;
      return this;
    }

    /** Starts no flow after the first that fails. */
    public Builder failFast(boolean on) {
      failFast = on;
      return this;
    }

    /** Limits the whole run. */
    public Builder timeout(Duration limit) {
      timeout = limit;
      return this;
    }

    /** Sets the seed of made-up data. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Gives the run an id, which reports and plugins see; it should be unique. */
    public Builder executionId(String id) {
      executionId = id;
      return this;
    }

    /** Runs the valid flows although others are not valid. */
    public Builder continueOnInvalid(boolean on) {
      continueOnInvalid = on;
      return this;
    }

    /**
     * Shows what would run: every step is skipped, with those values of its configuration filled in
     * that do not depend on the run.
     */
    public Builder dryRun(boolean on) {
      dryRun = on;
      return this;
    }

    /** Says which flows' steps stay in the run's result. */
    public Builder keepResults(KeepResults which) {
      keepResults = Objects.requireNonNull(which, "which");
      return this;
    }

    /** Gives steps that passed a summary too. */
    public Builder summarizeAll(boolean on) {
      summarizeAll = on;
      return this;
    }

    /** Adds a listener of this run alone. */
    public Builder listener(RunListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** Makes the options. */
    public RunOptions build() {
      Builder copy = new Builder();
      copy.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
      copy.parallel = parallel;
      copy.failFast = failFast;
      copy.timeout = timeout;
      copy.seed = seed;
      copy.executionId = executionId;
      copy.continueOnInvalid = continueOnInvalid;
      copy.dryRun = dryRun;
      copy.keepResults = keepResults;
      copy.summarizeAll = summarizeAll;
      copy.listeners = List.copyOf(listeners);
      return new RunOptions(copy);
    }
  }
}

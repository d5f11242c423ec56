package io.testmesh.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a flow's {@code config} says. Immutable; made by {@link Flow.Builder} or {@link #builder()}.
 *
 * @since 0.1
 */
public final class FlowSettings {

  /** The language's defaults. */
  public static final FlowSettings DEFAULTS = builder().build();

  private final Builder values;

  private FlowSettings(Builder values) {
    this.values = values;
  }

  /** Starts with the language's defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The limit for setup and steps together, if there is one. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(values.timeout);
  }

  /** The limit for teardown; counts from its start, also after a time-out. */
  public Duration teardownTimeout() {
    return values.teardownTimeout;
  }

  /** The limit of a step that names none. */
  public Duration stepTimeout() {
    return values.stepTimeout;
  }

  /** Whether the first failure ends the phase. */
  public boolean failFast() {
    return values.failFast;
  }

  /** The retry of steps that name none. */
  public Optional<Retry> retry() {
    return Optional.ofNullable(values.retry);
  }

  /** Connection keys by name, as they were written. */
  public Map<String, Map<String, @Nullable Object>> connections() {
    return values.connections;
  }

  /** Names of variables whose values are masked. */
  public List<String> secrets() {
    return values.secrets;
  }

  /** The seed for made-up data, if the flow has one. */
  public Optional<Long> seed() {
    return Optional.ofNullable(values.seed);
  }

  /** The locale of made-up data, if the flow names one. */
  public Optional<String> locale() {
    return Optional.ofNullable(values.locale);
  }

  /** Settings of tracing, as they were written. */
  public Map<String, @Nullable Object> otel() {
    return values.otel;
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private @Nullable Duration timeout;
    private Duration teardownTimeout = Duration.ofSeconds(60);
    private Duration stepTimeout = Duration.ofSeconds(30);
    private boolean failFast = true;
    private @Nullable Retry retry;
    private Map<String, Map<String, @Nullable Object>> connections = Map.of();
    private List<String> secrets = List.of();
    private @Nullable Long seed;
    private @Nullable String locale;
    private Map<String, @Nullable Object> otel = Map.of();

    private Builder() {}

    /** Limits setup and steps together. */
    public Builder timeout(Duration limit) {
      timeout = limit;
      return this;
    }

    /** Limits teardown. */
    public Builder teardownTimeout(Duration limit) {
      teardownTimeout = limit;
      return this;
    }

    /** Limits each step that names no limit itself. */
    public Builder stepTimeout(Duration limit) {
      stepTimeout = limit;
      return this;
    }

    /** Tells whether the first failure ends the phase. */
    public Builder failFast(boolean on) {
      failFast = on;
      return this;
    }

    /** Sets the retry of steps that name none. */
    public Builder retry(Retry policy) {
      retry = policy;
      return this;
    }

    /** Sets connection keys by name. */
    public Builder connections(Map<String, Map<String, @Nullable Object>> byName) {
      connections = Map.copyOf(byName);
      return this;
    }

    /** Names the variables whose values are masked. */
    public Builder secrets(List<String> names) {
      secrets = List.copyOf(names);
      return this;
    }

    /** Sets the seed for made-up data. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets the locale of made-up data. */
    public Builder locale(String tag) {
      locale = tag;
      return this;
    }

    /** Sets the settings of tracing; the map is kept, so it must not change any more. */
    public Builder otel(Map<String, @Nullable Object> settings) {
      otel = settings;
      return this;
    }

    /** Makes the settings. */
    public FlowSettings build() {
      Builder copy = new Builder();
      copy.timeout = timeout;
      copy.teardownTimeout = teardownTimeout;
      copy.stepTimeout = stepTimeout;
      copy.failFast = failFast;
      copy.retry = retry;
      copy.connections = connections;
      copy.secrets = secrets;
      copy.seed = seed;
      copy.locale = locale;
      copy.otel = otel;
      return new FlowSettings(copy);
    }
  }
}

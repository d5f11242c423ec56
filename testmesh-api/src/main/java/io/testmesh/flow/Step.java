package io.testmesh.flow;

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
 * One step of a flow: an action with its configuration, and what has to hold afterwards. Immutable
 * and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Step {
  private final Builder values;

  private Step(Builder values) {
    this.values = values;
  }

  /** Starts a step that runs the action. */
  public static Builder of(String action) {
    return new Builder(action);
  }

  /** The name for references; empty until the flow gives one by phase and position. */
  public Optional<String> id() {
    return Optional.ofNullable(values.id);
  }

  /** The name of the action, in its one spelling. */
  public String action() {
    return values.action;
  }

  /** The name for people. */
  public Optional<String> name() {
    return Optional.ofNullable(values.name);
  }

  /** The description for people. */
  public Optional<String> description() {
    return Optional.ofNullable(values.description);
  }

  /** Labels. */
  public List<String> tags() {
    return values.tags;
  }

  /** The action's configuration as it was written: JSON-like, with placeholders in texts. */
  public Map<String, @Nullable Object> config() {
    return values.config;
  }

  /** The condition under which the step runs. */
  public Optional<Assertion> when() {
    return Optional.ofNullable(values.when);
  }

  /** All of these must hold. */
  public List<Assertion> assertions() {
    return values.assertions;
  }

  /** At least one of these must hold, if there are any. */
  public List<Assertion> anyAssertions() {
    return values.anyAssertions;
  }

  /** None of these may hold. */
  public List<Assertion> noneAssertions() {
    return values.noneAssertions;
  }

  /** Values that are kept, by name, in order. */
  public Map<String, Output> outputs() {
    return values.outputs;
  }

  /** The limit of one attempt; the flow's when there is none. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(values.timeout);
  }

  /** How a failed attempt is repeated; the flow's when there is none. */
  public Optional<Retry> retry() {
    return Optional.ofNullable(values.retry);
  }

  /** How long the step is repeated until its assertions hold. */
  public Optional<Duration> within() {
    return Optional.ofNullable(values.within);
  }

  /** The pause between repetitions. */
  public Optional<Duration> every() {
    return Optional.ofNullable(values.every);
  }

  /** How long the assertions have to hold without a break. */
  public Optional<Duration> holdFor() {
    return Optional.ofNullable(values.holdFor);
  }

  /** What a failure means for the flow. */
  public OnError onError() {
    return values.onError;
  }

  /** What a time-out means for the flow; {@link #onError()} when there is none. */
  public Optional<OnError> onTimeout() {
    return Optional.ofNullable(values.onTimeout);
  }

  /** Steps that run when this one failed. */
  public List<Step> errorSteps() {
    return values.errorSteps;
  }

  /** Whether the step is switched off. */
  public boolean disabled() {
    return values.disabled;
  }

  /** The steps inside of the step, in order: those of a loop, of a condition, of branches. */
  public List<StepBlock> blocks() {
    return values.blocks;
  }

  /** Where the step stands. */
  public SourceTree source() {
    return values.source;
  }

  /** A builder that holds what this step holds. */
  public Builder toBuilder() {
    return values.copy();
  }

  /** Gives the id, or the action where there is none. */
  @Override
  public String toString() {
    return id().orElse(action());
  }

  /** Collects the parts of a step; not safe for use by several threads. */
  public static final class Builder {
    private final String action;
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String description;
    private List<String> tags = List.of();
    private Map<String, @Nullable Object> config = new LinkedHashMap<>();
    private @Nullable Assertion when;
    private List<Assertion> assertions = new ArrayList<>();
    private List<Assertion> anyAssertions = new ArrayList<>();
    private List<Assertion> noneAssertions = new ArrayList<>();
    private Map<String, Output> outputs = new LinkedHashMap<>();
    private @Nullable Duration timeout;
    private @Nullable Retry retry;
    private @Nullable Duration within;
    private @Nullable Duration every;
    private @Nullable Duration holdFor;
    private OnError onError = OnError.FAIL;
    private @Nullable OnError onTimeout;
    private List<Step> errorSteps = List.of();
    private boolean disabled;
    private List<StepBlock> blocks = new ArrayList<>();
    private SourceTree source = SourceTree.NONE;

    private Builder(String action) {
      this.action = Objects.requireNonNull(action, "action");
    }

    /** Sets the name for references. */
    public Builder id(String value) {
      id = value;
      return this;
    }

    /** Sets the name for people. */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /** Sets the description for people. */
    public Builder description(String value) {
      description = value;
      return this;
    }

    /** Sets the labels. */
    public Builder tags(List<String> values) {
      tags = List.copyOf(values);
      return this;
    }

    /**
     * Sets one key of the action's configuration.
     *
     * @param value a JSON-like value; texts may hold placeholders
     */
    public Builder config(String key, @Nullable Object value) {
      config.put(key, value);
      return this;
    }

    /** Sets the whole configuration of the action. */
    public Builder config(Map<String, @Nullable Object> values) {
      config = new LinkedHashMap<>(values);
      return this;
    }

    /** Runs the step only if the expression is true. */
    public Builder when(String expression) {
      return when(Assertion.of(expression));
    }

    /** Runs the step only if the expression is true. */
    public Builder when(Assertion condition) {
      when = condition;
      return this;
    }

    /** Adds an assertion that must hold. */
    public Builder expect(String expression) {
      return expect(Assertion.of(expression));
    }

    /** Adds an assertion that must hold. */
    public Builder expect(Assertion assertion) {
      assertions.add(assertion);
      return this;
    }

    /** Adds an assertion of which at least one must hold. */
    public Builder expectAny(Assertion assertion) {
      anyAssertions.add(assertion);
      return this;
    }

    /** Adds an assertion that must not hold. */
    public Builder expectNone(Assertion assertion) {
      noneAssertions.add(assertion);
      return this;
    }

    /** Keeps a value of the result under a name. */
    public Builder output(String outputName, String expression) {
      return output(outputName, Output.of(expression));
    }

    /** Keeps a value of the result under a name. */
    public Builder output(String outputName, Output output) {
      outputs.put(outputName, output);
      return this;
    }

    /** Limits one attempt. */
    public Builder timeout(Duration limit) {
      timeout = limit;
      return this;
    }

    /** Repeats failed attempts. */
    public Builder retry(Retry policy) {
      retry = policy;
      return this;
    }

    /** Repeats the step until its assertions hold or the time is up. */
    public Builder within(Duration limit) {
      within = limit;
      return this;
    }

    /** Sets the pause between the repetitions of {@link #within}. */
    public Builder every(Duration pause) {
      every = pause;
      return this;
    }

    /** Lets the assertions hold so long without a break. */
    public Builder holdFor(Duration time) {
      holdFor = time;
      return this;
    }

    /** Says what a failure means for the flow. */
    public Builder onError(OnError reaction) {
      onError = reaction;
      return this;
    }

    /** Says what a time-out means for the flow. */
    public Builder onTimeout(OnError reaction) {
      onTimeout = reaction;
      return this;
    }

    /** Runs the steps when this one failed. */
    public Builder errorSteps(List<Step> steps) {
      errorSteps = List.copyOf(steps);
      return this;
    }

    /** Switches the step off. */
    public Builder disabled(boolean off) {
      disabled = off;
      return this;
    }

    /**
     * Puts steps inside of this one, such as those of {@code for_each}.
     *
     * @param key the key of the configuration that holds them, such as {@code steps}
     */
    public Builder block(String key, List<Step> steps) {
      return block(new StepBlock(key, null, steps, SourceTree.NONE));
    }

    /** Puts steps inside of this one. */
    public Builder block(StepBlock block) {
      blocks.add(block);
      return this;
    }

    /** Says where the step stands. */
    public Builder source(SourceTree tree) {
      source = tree;
      return this;
    }

    private Builder copy() {
      Builder copy = new Builder(action);
      copy.id = id;
      copy.name = name;
      copy.description = description;
      copy.tags = tags;
      copy.config = new LinkedHashMap<>(config);
      copy.when = when;
      copy.assertions = new ArrayList<>(assertions);
      copy.anyAssertions = new ArrayList<>(anyAssertions);
      copy.noneAssertions = new ArrayList<>(noneAssertions);
      copy.outputs = new LinkedHashMap<>(outputs);
      copy.timeout = timeout;
      copy.retry = retry;
      copy.within = within;
      copy.every = every;
      copy.holdFor = holdFor;
      copy.onError = onError;
      copy.onTimeout = onTimeout;
      copy.errorSteps = errorSteps;
      copy.disabled = disabled;
      copy.blocks = new ArrayList<>(blocks);
      copy.source = source;
      return copy;
    }

    /** Makes the step. */
    public Step build() {
      Builder copy = copy();
      copy.config = Collections.unmodifiableMap(copy.config);
      copy.assertions = List.copyOf(copy.assertions);
      copy.anyAssertions = List.copyOf(copy.anyAssertions);
      copy.noneAssertions = List.copyOf(copy.noneAssertions);
      copy.blocks = List.copyOf(copy.blocks);
      copy.outputs = Collections.unmodifiableMap(copy.outputs);
      return new Step(copy);
    }
  }
}

package io.testmesh.result;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one flow, or one data row of a flow, did. Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class FlowResult {
  private final Builder values;

  private FlowResult(Builder values) {
    this.values = values;
  }

  /** Starts with the required parts. */
  public static Builder builder(int index, String name, Status status) {
    return new Builder(index, name, status);
  }

  /** The position in the run's order of selection, from 0. */
  public int index() {
    return values.index;
  }

  /** The flow's name. */
  public String name() {
    return values.name;
  }

  /** How the flow ended. */
  public Status status() {
    return values.status;
  }

  /** The file's name as reports show it; empty for a flow made in Java. */
  public String file() {
    return values.file;
  }

  /** The line of the flow's root key; 0 without a file. */
  public int line() {
    return values.line;
  }

  /** The data row. */
  public Optional<Map<String, @Nullable Object>> row() {
    return Optional.ofNullable(values.row);
  }

  /** The flow's tags. */
  public List<String> tags() {
    return values.tags;
  }

  /** When it began. */
  public Instant started() {
    return values.started;
  }

  /** How long it took. */
  public Duration duration() {
    return values.duration;
  }

  /** The first failure, of a step or of the flow itself. */
  public Optional<Failure> failure() {
    return Optional.ofNullable(values.failure);
  }

  /** The steps of all phases, in order. */
  public List<ResultNode> steps() {
    return values.steps;
  }

  /** How many steps ran, were skipped, were tolerated. */
  public StepCounts counts() {
    return values.counts;
  }

  /** What was odd and did not fail the flow. */
  public List<Problem> warnings() {
    return values.warnings;
  }

  /** Whether the steps are kept; when not, the list of steps is empty. */
  public boolean resultsKept() {
    return values.resultsKept;
  }

  /**
   * The first step with that id, nested ones included.
   *
   * @throws java.util.NoSuchElementException when no such step is kept
   */
  public StepResult step(String id) {
    StepResult found = find(values.steps, id);
    if (found == null) {
      throw new java.util.NoSuchElementException(
          "flow \"" + values.name + "\" has no step \"" + id + "\"");
    }
    return found;
  }

  private static @Nullable StepResult find(List<ResultNode> nodes, String id) {
    for (ResultNode node : nodes) {
      if (node instanceof StepResult step && step.id().equals(id)) {
        return step;
      }
      StepResult below = find(node.children(), id);
      if (below != null) {
        return below;
      }
    }
    return null;
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
    private final int index;
    private final String name;
    private final Status status;
    private String file = "";
    private int line;
    private @Nullable Map<String, @Nullable Object> row;
    private List<String> tags = List.of();
    private Instant started = Instant.EPOCH;
    private Duration duration = Duration.ZERO;
    private @Nullable Failure failure;
    private List<ResultNode> steps = List.of();
    private StepCounts counts = StepCounts.NONE;
    private List<Problem> warnings = List.of();
    private boolean resultsKept = true;

    private Builder(int index, String name, Status status) {
      this.index = index;
      this.name = Objects.requireNonNull(name, "name");
      this.status = Objects.requireNonNull(status, "status");
    }

    /** Sets: the file's name as reports show it; empty for a flow made in Java. */
    public Builder file(String file) {
      this.file = file;
      return this;
    }

    /** Sets: the line of the flow's root key; 0 without a file. */
    public Builder line(int line) {
      this.line = line;
      return this;
    }

    /** Sets: the data row. */
    public Builder row(@Nullable Map<String, @Nullable Object> row) {
      this.row = row;
      return this;
    }

    /** Sets: the flow's tags. */
    public Builder tags(List<String> tags) {
      this.tags = tags;
      return this;
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

    /** Sets: the first failure, of a step or of the flow itself. */
    public Builder failure(@Nullable Failure failure) {
      this.failure = failure;
      return this;
    }

    /** Sets: the steps of all phases, in order. */
    public Builder steps(List<ResultNode> steps) {
      this.steps = steps;
      return this;
    }

    /** Sets: how many steps ran, were skipped, were tolerated. */
    public Builder counts(StepCounts counts) {
      this.counts = counts;
      return this;
    }

    /** Sets: what was odd and did not fail the flow. */
    public Builder warnings(List<Problem> warnings) {
      this.warnings = warnings;
      return this;
    }

    /** Sets: whether the steps are kept; when not, the list of steps is empty. */
    public Builder resultsKept(boolean resultsKept) {
      this.resultsKept = resultsKept;
      return this;
    }

    private Builder copy() {
      Builder copy = new Builder(index, name, status);
      copy.file = file;
      copy.line = line;
      copy.row = row;
      copy.tags = tags;
      copy.started = started;
      copy.duration = duration;
      copy.failure = failure;
      copy.steps = steps;
      copy.counts = counts;
      copy.warnings = warnings;
      copy.resultsKept = resultsKept;
      return copy;
    }

    /** Makes the result. */
    public FlowResult build() {
      return new FlowResult(copy());
    }
  }
}

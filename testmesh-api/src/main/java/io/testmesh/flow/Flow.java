package io.testmesh.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A test: named steps with setup and teardown. Immutable and safe for use by several threads. Read
 * from a file by {@code FlowRunner.load}, or made in Java; both are the same model.
 *
 * @since 0.1
 */
public final class Flow {
  private final Builder values;

  private Flow(Builder values) {
    this.values = values;
  }

  /** Starts a flow of that name. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** The name, shown everywhere. */
  public String name() {
    return values.name;
  }

  /** The description for people. */
  public Optional<String> description() {
    return Optional.ofNullable(values.description);
  }

  /** The version, {@code 1.0.0} if none is given. */
  public String version() {
    return values.version;
  }

  /** The suite's name, a label. */
  public Optional<String> suite() {
    return Optional.ofNullable(values.suite);
  }

  /** The author, a label. */
  public Optional<String> author() {
    return Optional.ofNullable(values.author);
  }

  /** Labels for selection. */
  public List<String> tags() {
    return values.tags;
  }

  /** The dotenv file as it was written, relative to the flow. */
  public Optional<String> envFile() {
    return Optional.ofNullable(values.envFile);
  }

  /** The flow's variables as they were written, in order. */
  public Map<String, @Nullable Object> env() {
    return values.env;
  }

  /** Limits, secrets, connections and other settings. */
  public FlowSettings settings() {
    return values.settings;
  }

  /** Values that the flow takes from outside, by name. */
  public Map<String, Input> inputs() {
    return values.inputs;
  }

  /** The rows that the flow runs over. */
  public Optional<DataSource> dataSource() {
    return Optional.ofNullable(values.dataSource);
  }

  /** The same flow over other rows. */
  public Flow withDataSource(DataSource rows) {
    Builder changed = values.copy();
    changed.dataSource = rows;
    return new Flow(changed);
  }

  /** The steps of a phase, in order. */
  public List<Step> steps(Phase phase) {
    return switch (phase) {
      case SETUP -> values.setup;
      case STEPS -> values.steps;
      case TEARDOWN -> values.teardown;
    };
  }

  /** The file that the flow was read from. */
  public Optional<Path> file() {
    return Optional.ofNullable(values.file);
  }

  /** Where the flow and its keys stand; {@code value()} of the root is the flow's map. */
  public SourceTree source() {
    return values.source;
  }

  /** Gives the name. */
  @Override
  public String toString() {
    return name();
  }

  /** Collects the parts of a flow; not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private @Nullable String description;
    private String version = "1.0.0";
    private @Nullable String suite;
    private @Nullable String author;
    private List<String> tags = List.of();
    private @Nullable String envFile;
    private Map<String, @Nullable Object> env = new LinkedHashMap<>();
    private FlowSettings settings = FlowSettings.DEFAULTS;
    private Map<String, Input> inputs = new LinkedHashMap<>();
    private @Nullable DataSource dataSource;
    private List<Step> setup = new ArrayList<>();
    private List<Step> steps = new ArrayList<>();
    private List<Step> teardown = new ArrayList<>();
    private @Nullable Path file;
    private SourceTree source = SourceTree.NONE;

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /** Sets the description for people. */
    public Builder description(String value) {
      description = value;
      return this;
    }

    /** Sets the version. */
    public Builder version(String value) {
      version = value;
      return this;
    }

    /** Sets the suite's name. */
    public Builder suite(String value) {
      suite = value;
      return this;
    }

    /** Sets the author. */
    public Builder author(String value) {
      author = value;
      return this;
    }

    /** Sets the labels. */
    public Builder tags(List<String> values) {
      tags = List.copyOf(values);
      return this;
    }

    /** Sets the dotenv file, relative to the flow's file. */
    public Builder envFile(String path) {
      envFile = path;
      return this;
    }

    /** Sets one variable; texts may hold placeholders. */
    public Builder env(String key, @Nullable Object value) {
      env.put(key, value);
      return this;
    }

    /** Sets limits, secrets, connections and other settings. */
    public Builder settings(FlowSettings value) {
      settings = value;
      return this;
    }

    /** Declares a value that the flow takes from outside. */
    public Builder input(String key, Input input) {
      inputs.put(key, input);
      return this;
    }

    /** Runs the flow over rows. */
    public Builder dataSource(DataSource rows) {
      dataSource = rows;
      return this;
    }

    /** Adds a step. */
    public Builder step(Step.Builder step) {
      return step(Phase.STEPS, step.build());
    }

    /** Adds a step to a phase. */
    public Builder step(Phase phase, Step step) {
      (switch (phase) {
            case SETUP -> setup;
            case STEPS -> steps;
            case TEARDOWN -> teardown;
          })
          .add(step);
      return this;
    }

    /** Says which file the flow was read from. */
    public Builder file(Path path) {
      file = path;
      return this;
    }

    /** Says where the flow stands. */
    public Builder source(SourceTree tree) {
      source = tree;
      return this;
    }

    /** Makes the flow; every part is checked when the flow is run. */
    public Flow build() {
      return new Flow(copy());
    }

    private Builder copy() {
      Builder copy = new Builder(name);
      copy.description = description;
      copy.version = version;
      copy.suite = suite;
      copy.author = author;
      copy.tags = tags;
      copy.envFile = envFile;
      copy.env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
      copy.settings = settings;
      copy.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
      copy.dataSource = dataSource;
      copy.setup = List.copyOf(setup);
      copy.steps = List.copyOf(steps);
      copy.teardown = List.copyOf(teardown);
      copy.file = file;
      copy.source = source;
      return copy;
    }
  }
}

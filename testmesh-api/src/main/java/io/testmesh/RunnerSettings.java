package io.testmesh;

import io.testmesh.action.ActionHandler;
import io.testmesh.event.RunListener;
import io.testmesh.spi.ActionSource;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a runner is made with. Immutable; made by {@link FlowRunner#builder()}.
 *
 * @since 0.1
 */
public final class RunnerSettings {

  /** The largest flow file unless something else is set: 5 MB. */
  public static final long DEFAULT_MAX_FILE_SIZE = 5_000_000;

  private final Builder values;

  private RunnerSettings(Builder values) {
    this.values = values;
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Variables for all flows, in order. */
  public Map<String, @Nullable Object> variables() {
    return values.variables;
  }

  /** Listeners, in order. */
  public List<RunListener> listeners() {
    return values.listeners;
  }

  /** Actions given as instances. */
  public List<ActionHandler> actions() {
    return values.actions;
  }

  /** Actions that take the place of built-in ones. */
  public List<ActionHandler> replacements() {
    return values.replacements;
  }

  /** The folder of plugins. */
  public Optional<Path> plugins() {
    return Optional.ofNullable(values.plugins);
  }

  /** The names of the process environment's entries that plugins are given, by plugin id. */
  public Map<String, Set<String>> pluginEnvironment() {
    return values.pluginEnvironment;
  }

  /**
   * The sources of actions, which the caller closes; empty where those that {@link
   * java.util.ServiceLoader} finds are wanted.
   */
  public Optional<List<ActionSource>> actionSources() {
    return Optional.ofNullable(values.actionSources);
  }

  /** What flows have under {@code config.otel} where they do not say it themselves. */
  public Map<String, @Nullable Object> otel() {
    return values.otel;
  }

  /** Connection keys by name. */
  public Map<String, Map<String, @Nullable Object>> connections() {
    return values.connections;
  }

  /** The class loader that actions are found with. */
  public ClassLoader classLoader() {
    ClassLoader given = values.classLoader;
    // No method reference: the first one of a JVM costs a third of a start.
    return given == null ? RunnerSettings.class.getClassLoader() : given;
  }

  /** The folder that file names are shown relative to and outputs are written to; absolute. */
  public Path workingFolder() {
    return values.workingFolder;
  }

  /** What flows see as the process environment. */
  public Map<String, String> environment() {
    return values.environment;
  }

  /** The largest flow file, in bytes. */
  public long maxFileSize() {
    return values.maxFileSize;
  }

  /** What {@code -} reads as a flow file. */
  public Optional<InputStream> standardInput() {
    return Optional.ofNullable(values.standardInput);
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private List<RunListener> listeners = new ArrayList<>();
    private List<ActionHandler> actions = new ArrayList<>();
    private List<ActionHandler> replacements = new ArrayList<>();
    private @Nullable Path plugins;
    private @Nullable List<ActionSource> actionSources;
    private Map<String, Set<String>> pluginEnvironment = new LinkedHashMap<>();
    private Map<String, Map<String, @Nullable Object>> connections = new LinkedHashMap<>();
    private Map<String, @Nullable Object> otel = Map.of();
    private @Nullable ClassLoader classLoader;
    private Path workingFolder = Path.of("").toAbsolutePath();
    private Map<String, String> environment = System.getenv();
    private long maxFileSize = DEFAULT_MAX_FILE_SIZE;
    private @Nullable InputStream standardInput;

    private Builder() {}

    /** Sets a variable for all flows. */
    public Builder variable(String name, @Nullable Object value) {
      variables.put(Objects.requireNonNull(name, "name"), value);
      return this;
    }

    /** Adds a listener. */
    public Builder listener(RunListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** Adds an action. */
    public Builder action(ActionHandler handler) {
      actions.add(Objects.requireNonNull(handler, "handler"));
      return this;
    }

    /** Adds an action in place of a built-in one. */
    public Builder replaceAction(ActionHandler handler) {
      replacements.add(Objects.requireNonNull(handler, "handler"));
      return this;
    }

    /** Names a folder of plugins. */
    public Builder plugins(Path folder) {
      plugins = folder;
      return this;
    }

    /** Sets the sources of actions; the caller closes them, after the runner. */
    public Builder actionSources(List<? extends ActionSource> sources) {
      actionSources = List.copyOf(sources);
      return this;
    }

    /** Lets a plugin see an entry of the process environment. */
    public Builder pluginEnvironment(String id, String name) {
      Objects.requireNonNull(name, "name");
      Set<String> names = new LinkedHashSet<>(pluginEnvironment.getOrDefault(id, Set.of()));
      names.add(name);
      pluginEnvironment.put(Objects.requireNonNull(id, "id"), Collections.unmodifiableSet(names));
      return this;
    }

    /** Sets connection keys under a name. */
    public Builder connection(String name, Map<String, ? extends @Nullable Object> keys) {
      connections.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(keys)));
      return this;
    }

    /** Sets {@link RunnerSettings#otel()}. */
    public Builder otel(Map<String, ? extends @Nullable Object> keys) {
      otel = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
      return this;
    }

    /** Sets the class loader that actions are found with. */
    public Builder classLoader(ClassLoader loader) {
      classLoader = loader;
      return this;
    }

    /** Sets the working folder. */
    public Builder workingFolder(Path folder) {
      workingFolder = folder.toAbsolutePath();
      return this;
    }

    /** Sets what flows see as the process environment. */
    public Builder environment(Map<String, String> values) {
      environment = Map.copyOf(values);
      return this;
    }

    /** Sets the largest flow file, in bytes. */
    public Builder maxFileSize(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("the largest file must have at least 1 byte");
      }
      maxFileSize = bytes;
      return this;
    }

    /** Sets what {@code -} reads as a flow file. */
    public Builder standardInput(InputStream stream) {
      standardInput = stream;
      return this;
    }

    /** Makes the settings. */
    public RunnerSettings build() {
      Builder copy = new Builder();
      copy.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
      copy.listeners = List.copyOf(listeners);
      copy.actions = List.copyOf(actions);
      copy.replacements = List.copyOf(replacements);
      copy.plugins = plugins;
      copy.actionSources = actionSources;
      copy.pluginEnvironment = Collections.unmodifiableMap(new LinkedHashMap<>(pluginEnvironment));
      copy.otel = otel;
      copy.connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
      copy.classLoader = classLoader;
      copy.workingFolder = workingFolder;
      copy.environment = environment;
      copy.maxFileSize = maxFileSize;
      copy.standardInput = standardInput;
      return new RunnerSettings(copy);
    }
  }
}

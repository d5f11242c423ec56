package io.testmesh;

import io.testmesh.action.ActionHandler;
import io.testmesh.event.RunListener;
import io.testmesh.flow.Flow;
import io.testmesh.result.RunResult;
import io.testmesh.spi.ActionSource;
import io.testmesh.spi.FlowRunnerProvider;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Runs flows. Safe for use by several threads; several runners in one JVM never see each other.
 *
 * <p>The runner owns pooled clients, mock servers, plugins and threads. {@link #close()} ends all
 * of them and waits.
 *
 * @since 0.1
 */
public interface FlowRunner extends AutoCloseable {

  /** Starts a runner's settings. */
  static Builder builder() {
    return new Builder();
  }

  /** Loading, checking, selecting and evaluating without running. */
  FlowTools tools();

  /**
   * Reads the flows of files and folders. Problems are kept in what is returned.
   *
   * @param paths flow files, or folders with flow files
   */
  FlowSet load(Path... paths);

  /**
   * Checks and runs flows, and waits for the end. Interrupting the calling thread cancels the run;
   * teardown still runs, and the interrupt flag is set on return.
   *
   * @return what the run found; a failed flow is no exception
   * @throws IllegalStateException when the runner is closed
   */
  RunResult run(FlowSet flows, RunOptions options);

  /** Runs flows with the options' defaults; see {@link #run(FlowSet, RunOptions)}. */
  default RunResult run(FlowSet flows) {
    return run(flows, RunOptions.DEFAULTS);
  }

  /** Loads and runs the flows of files and folders; see {@link #run(FlowSet, RunOptions)}. */
  default RunResult run(Path... paths) {
    return run(load(paths));
  }

  /** Runs one flow made in Java; see {@link #run(FlowSet, RunOptions)}. */
  default RunResult run(Flow flow) {
    return run(FlowSet.of(flow));
  }

  /**
   * Starts to run flows and returns at once.
   *
   * @throws IllegalStateException when the runner is closed
   */
  RunHandle start(FlowSet flows, RunOptions options);

  /** Starts to run flows with the options' defaults; see {@link #start(FlowSet, RunOptions)}. */
  default RunHandle start(FlowSet flows) {
    return start(flows, RunOptions.DEFAULTS);
  }

  /** Cancels what runs, ends everything that the runner owns, and waits for it. */
  @Override
  void close();

  /** Collects a runner's settings; not safe for use by several threads. */
  final class Builder {
    private final RunnerSettings.Builder settings = RunnerSettings.builder();

    private Builder() {}

    /** Sets a variable for all flows; wins over the flows' own. The value is JSON-like. */
    public Builder variable(String name, @Nullable Object value) {
      settings.variable(name, value);
      return this;
    }

    /** Adds a listener. */
    public Builder listener(RunListener listener) {
      settings.listener(listener);
      return this;
    }

    /** Adds an action. */
    public Builder action(ActionHandler handler) {
      settings.action(handler);
      return this;
    }

    /** Adds an action in place of a built-in one of the same name. */
    public Builder replaceAction(ActionHandler handler) {
      settings.replaceAction(handler);
      return this;
    }

    /** Names a folder of plugins. */
    public Builder plugins(Path folder) {
      settings.plugins(folder);
      return this;
    }

    /**
     * Sets the sources of actions, in place of those that are found on the class path: for several
     * runners with one host of plugins, or, with an empty list, for one without any. The caller
     * closes them, after the runner.
     */
    public Builder actionSources(List<? extends ActionSource> sources) {
      settings.actionSources(sources);
      return this;
    }

    /** Lets a plugin see an entry of the process environment, of which it sees little else. */
    public Builder pluginEnvironment(String id, String name) {
      settings.pluginEnvironment(id, name);
      return this;
    }

    /** Sets connection keys under a name for all flows. */
    public Builder connection(String name, Map<String, ? extends @Nullable Object> keys) {
      settings.connection(name, keys);
      return this;
    }

    /**
     * Sets what flows have under {@code config.otel} where they do not say it themselves: {@code
     * receiver}, {@code endpoint}, {@code service_name}.
     */
    public Builder otel(Map<String, ? extends @Nullable Object> keys) {
      settings.otel(keys);
      return this;
    }

    /** Sets the class loader that actions are found with; else the API's own. */
    public Builder classLoader(ClassLoader loader) {
      settings.classLoader(loader);
      return this;
    }

    /** Sets the folder that file names are shown relative to and outputs are written to. */
    public Builder workingFolder(Path folder) {
      settings.workingFolder(folder);
      return this;
    }

    /** Sets what flows see as the process environment. */
    public Builder environment(Map<String, String> values) {
      settings.environment(values);
      return this;
    }

    /** Sets the largest flow file, in bytes. */
    public Builder maxFileSize(long bytes) {
      settings.maxFileSize(bytes);
      return this;
    }

    /** Sets what {@code -} reads as a flow file. The caller closes the stream. */
    public Builder standardInput(InputStream stream) {
      settings.standardInput(stream);
      return this;
    }

    /**
     * Makes the runner.
     *
     * @throws IllegalStateException when testmesh-engine is not on the class path
     */
    public FlowRunner build() {
      RunnerSettings built = settings.build();
      FlowRunnerProvider quick = EngineLookup.onClassPath(built.classLoader());
      if (quick != null) {
        return quick.create(built);
      }
      for (FlowRunnerProvider provider :
          ServiceLoader.load(FlowRunnerProvider.class, built.classLoader())) {
        return provider.create(built);
      }
      throw new IllegalStateException(
          "no engine found: add io.testmesh:testmesh-engine to the class path");
    }
  }
}

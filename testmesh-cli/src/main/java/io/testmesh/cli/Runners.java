package io.testmesh.cli;

import io.testmesh.FlowRunner;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the runner of a command. */
final class Runners {
  private Runners() {}

  /**
   * Makes a runner without plugins, which the caller closes.
   *
   * @throws UsageException when {@code --max-file-size} is no size
   */
  static FlowRunner make(Arguments arguments, Io io) throws UsageException {
    return builder(arguments, io).build();
  }

  /**
   * Makes a runner with plugins, which the caller closes.
   *
   * @throws UsageException when an option is wrong
   */
  static FlowRunner withPlugins(Arguments arguments, Io io) throws UsageException {
    FlowRunner.Builder runner = builder(arguments, io);
    Path plugins = pluginFolder(arguments, io);
    if (plugins != null) {
      runner.plugins(plugins);
    }
    for (Arguments.Given option : arguments.given()) {
      if (option.name().equals("--plugin-env")) {
        Grant grant = grant(option.value());
        runner.pluginEnvironment(grant.plugin(), grant.variable());
      }
    }
    return runner.build();
  }

  private static FlowRunner.Builder builder(Arguments arguments, Io io) throws UsageException {
    FlowRunner.Builder runner =
        FlowRunner.builder().standardInput(io.in()).environment(io.environment());
    String size = arguments.value("--max-file-size");
    if (size != null) {
      runner.maxFileSize(Amounts.size("--max-file-size", size));
    }
    return runner;
  }

  /** A variable of the environment that a plugin may see. */
  record Grant(String plugin, String variable) {}

  static Grant grant(String text) throws UsageException {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new UsageException(
          "--plugin-env wants ID=NAME, a plugin and a variable that it may see, not \""
              + text
              + "\"");
    }
    return new Grant(text.substring(0, equals), text.substring(equals + 1));
  }

  /**
   * The folder of plugins where one is named: by the option, else by the environment; null where
   * the default holds.
   *
   * @throws UsageException when it is no folder
   */
  static @Nullable Path pluginFolder(Arguments arguments, Io io) throws UsageException {
    String option = arguments.value("--plugins");
    String named = option == null ? io.environment().get("PLUGINS_DIR") : option;
    if (named == null || named.isEmpty()) {
      return null;
    }
    String whose = option == null ? "PLUGINS_DIR" : "--plugins";
    try {
      Path folder = Path.of(named);
      if (Files.isDirectory(folder)) {
        return folder;
      }
    } catch (InvalidPathException e) {
      throw new UsageException(whose + " is no path: " + e.getMessage());
    }
    throw new UsageException(whose + " names a folder that is not there: " + named);
  }
}

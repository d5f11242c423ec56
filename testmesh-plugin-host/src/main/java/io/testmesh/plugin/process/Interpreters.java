package io.testmesh.plugin.process;

import io.testmesh.plugin.PluginException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds interpreters on PATH. */
final class Interpreters {
  private final Map<String, String> environment;
  private final Machine machine;

  Interpreters(Map<String, String> environment, Machine machine) {
    this.environment = environment;
    this.machine = machine;
  }

  /** The Java of this process. */
  static String java() {
    String name = Machine.CURRENT.isWindows() ? "java.exe" : "java";
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /**
   * The whole path of an interpreter.
   *
   * @param plugin the plugin that needs it
   */
  String find(String name, String plugin) throws PluginException {
    Path stub = null;
    for (String candidate : candidates(name)) {
      Path found = onPath(candidate);
      if (found != null && machine.isWindows() && isStub(found)) {
        stub = found;
      } else if (found != null) {
        return found.toString();
      }
    }
    String message = "plugin \"" + plugin + "\" cannot be started: ";
    if (stub != null) {
      throw new PluginException(
          "INTERPRETER_STUB",
          message + stub + " only stands in for " + name,
          "install " + name + " itself and put its folder before this one on PATH");
    }
    if (machine.isWindows() && (onPath(name + ".cmd") != null || onPath(name + ".bat") != null)) {
      throw new PluginException(
          "INTERPRETER_SHIM",
          message + name + " is only there as a command script",
          "put the folder of " + name + ".exe on PATH");
    }
    throw new PluginException(
        "INTERPRETER_MISSING",
        message + name + " is not on PATH (" + environment.getOrDefault("PATH", "") + ")",
        "install " + name + ", or add its folder to PATH");
  }

  private List<String> candidates(String name) {
    if (!machine.isWindows()) {
      return List.of(name);
    }
    return name.equals("python3")
        ? List.of("py.exe", "python3.exe", "python.exe")
        : List.of(name + ".exe");
  }

  /** Windows has files of these names that open the store, or a Linux of its own. */
  private static boolean isStub(Path file) {
    for (Path part : file) {
      if (part.toString().equalsIgnoreCase("WindowsApps")
          || part.toString().equalsIgnoreCase("System32")) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Path onPath(String name) {
    if (name.indexOf('/') >= 0) {
      return isUsable(Path.of(name)) ? Path.of(name) : null;
    }
    String folders = environment.get("PATH");
    if (folders == null) {
      return null;
    }
    for (String folder : folders.split(File.pathSeparator, -1)) {
      try {
        Path file = Path.of(folder).resolve(name);
        if (file.isAbsolute() && isUsable(file)) {
          return file;
        }
      } catch (InvalidPathException e) {
        // Nothing can be found there.
      }
    }
    return null;
  }

  private static boolean isUsable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}

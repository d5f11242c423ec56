package io.testmesh.plugin.host;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.process.Exit;
import io.testmesh.plugin.process.PluginProcess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what happened to the process of one plugin. */
final class PluginFailures {
  private static final int NOT_EXECUTABLE = 126;

  private final String plugin;

  PluginFailures(String plugin) {
    this.plugin = plugin;
  }

  PluginException of(String code, String what, @Nullable String hint) {
    return new PluginException(code, "plugin \"" + plugin + "\" " + what, hint);
  }

  PluginException stopped() {
    return of("PLUGIN_STOPPED", "was stopped", "it was disabled, removed or restarted meanwhile");
  }

  PluginException startCancelled() {
    return of("START_CANCELLED", "was stopped before it served", null);
  }

  PluginException notEnded(List<Long> left) {
    return of("STOP_FAILED", "has processes that could not be ended: " + left, null);
  }

  /** It ended too often by itself; the last time for this reason. */
  PluginException givenUp(@Nullable PluginException last) {
    return new PluginException(
        "CRASH_LOOP",
        "plugin \""
            + plugin
            + "\" is not started any more: it ended "
            + Crashes.MOST
            + " times in five minutes; the last time: "
            + (last == null ? "" : last.getMessage()),
        "find out why with: testmesh plugin logs "
            + plugin
            + "; then testmesh plugin enable "
            + plugin,
        last);
  }

  /** It ended before it served. */
  PluginException startExited(PluginProcess process, Exit exit) {
    String what =
        exit.code() == 0
            ? "ended instead of serving (exit code 0)"
            : exit.words() + " before it was healthy";
    boolean refused = exit.code() == NOT_EXECUTABLE;
    return withTail(
        refused ? "NOT_EXECUTABLE" : "START_EXITED",
        what,
        process,
        refused
            ? "the file system may forbid to run programs (noexec), or a security module does"
            : hint(exit, process.tail()));
  }

  /** It ended by itself although it had served. */
  PluginException crashed(PluginProcess process, Exit exit, boolean duringCall) {
    String what = exit.words() + (duringCall ? " during the call" : " after it had served");
    return withTail("EXEC_CRASHED", what, process, hint(exit, process.tail()))
        .detail("exit_code", (long) exit.code());
  }

  /** It failed, and its output may tell why. */
  PluginException withTail(String code, String what, PluginProcess process, @Nullable String hint) {
    List<String> tail = process.tail();
    PluginException failure = of(code, what + tailWords(tail), hint);
    if (!tail.isEmpty()) {
      failure.detail("output", new ArrayList<Object>(tail));
    }
    return failure;
  }

  static String tailWords(List<String> tail) {
    if (tail.isEmpty()) {
      return "; it printed nothing";
    }
    if (tail.size() == 1) {
      return "; last output: \"" + tail.get(0) + "\"";
    }
    StringBuilder words = new StringBuilder("; last output:");
    for (String line : tail) {
      words.append("\n  ").append(line);
    }
    return words.toString();
  }

  private static @Nullable String hint(Exit exit, List<String> tail) {
    if (exit.signal() == 9) {
      return "nobody here killed it: the system may have run out of memory";
    }
    for (String line : tail) {
      if (line.contains("No module named") || line.contains("ModuleNotFoundError")) {
        return "install what it needs, such as with: pip install -r requirements.txt";
      }
      if (line.contains("Cannot find module") || line.contains("ERR_MODULE_NOT_FOUND")) {
        return "install what it needs with npm install in its folder";
      }
      if (line.contains("SyntaxError")) {
        return "is the interpreter's version the one that the plugin is written for?";
      }
    }
    return null;
  }
}

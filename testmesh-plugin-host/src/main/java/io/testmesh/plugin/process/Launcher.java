package io.testmesh.plugin.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a plugin's command so that the plugin does not outlive its host, whatever
 * happens to that.
 *
 * <p>The shell leaves a watcher behind and then becomes the plugin, so that the process that was
 * started is the plugin itself. The watcher reads the pipe that is the plugin's standard input: it
 * ends when the host closes it or is gone, or when the plugin has ended. Then the watcher kills
 * what is left: on Linux every process that has the cookie in its environment, elsewhere the
 * process group. It is no child of the plugin, which might wait for its children.
 */
final class Launcher {
  private static final String SCRIPT =
      """
      exec 3<&0
      ( (trap '' HUP INT QUIT TERM
      exec >/dev/null 2>&1
      while read -r line; do :; done <&3
      PATH=/usr/bin:/bin
      self=$(exec sh -c 'echo $PPID')
      for pass in 1 2; do
        for pid in $(grep -alF "TESTMESH_COOKIE=$TESTMESH_COOKIE" /proc/[0-9]*/environ \
            | tr -cd '0-9\\n'); do
          [ "$pid" = "$self" ] || kill -s KILL "$pid"
        done
      done
      KILL_REST
      ) &)
      exec "$@" 3<&-
      """;

  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
  private static final Path SHELL = Path.of("/bin/sh");

  private Launcher() {}

  /** The command with what stands before it; the same where there is no POSIX shell. */
  static List<String> before(List<String> command, Machine machine) {
    if (machine.isWindows() || !Files.isExecutable(SHELL)) {
      return command;
    }
    Path setsid = setsid();
    List<String> words = new ArrayList<>();
    if (setsid != null) {
      words.add(setsid.toString());
    }
    words.add(SHELL.toString());
    words.add("-c");
    // Without a group of its own the plugin is in the host's, which must not be killed.
    words.add(SCRIPT.replace("KILL_REST", "kill -s KILL " + (setsid == null ? "$$" : "-- -$$")));
    words.add("testmesh-plugin");
    words.addAll(command);
    return words;
  }

  private static @Nullable Path setsid() {
    for (Path file : SETSID) {
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    return null;
  }
}

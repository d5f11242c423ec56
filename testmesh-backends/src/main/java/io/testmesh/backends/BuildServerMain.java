package io.testmesh.backends;

import io.testmesh.backends.Backends.Backend;
import io.testmesh.backends.Backends.Kind;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Holds a server for the JVMs of a build and ends with the build. When it is killed, its server
 * ends too. Arguments: kind, folder of the build, process id of the build.
 */
final class BuildServerMain {
  private BuildServerMain() {}

  /** Runs until the process of the build has ended. */
  public static void main(String[] arguments) throws Exception {
    Kind kind = Kind.valueOf(arguments[0]);
    Path folder = Path.of(arguments[1]);
    ProcessHandle build = ProcessHandle.of(Long.parseLong(arguments[2])).orElse(null);
    Backends servers = new Backends(System.getenv(), Docker::answers, null);
    Backends.atExit(servers::close);
    Backend server = servers.get(kind);
    Path told = BuildServers.told(folder, kind);
    Path half = told.resolveSibling(told.getFileName() + ".new");
    // What a server that does not start has printed stays.
    Backends.atExit(() -> deleteFiles(kind, folder));
    Files.write(
        half,
        List.of(
            Long.toString(ProcessHandle.current().pid()),
            server.source().name(),
            server.address()));
    Files.move(half, told, StandardCopyOption.ATOMIC_MOVE);
    while (BuildServers.runs(build)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    System.exit(0);
  }

  private static void deleteFiles(Kind kind, Path folder) throws IOException {
    Files.deleteIfExists(BuildServers.told(folder, kind));
    Files.deleteIfExists(BuildServers.lock(folder, kind));
    Files.deleteIfExists(BuildServers.log(folder, kind));
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // The last one deletes it.
    }
  }
}

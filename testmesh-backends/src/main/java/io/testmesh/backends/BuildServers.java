package io.testmesh.backends;

import io.testmesh.backends.Backends.Backend;
import io.testmesh.backends.Backends.Kind;
import io.testmesh.backends.Backends.Source;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The servers that all test JVMs of one build share. Each is held by a {@link BuildServerMain} of
 * its own, which the first JVM that asks for it starts and which ends with the process of the
 * build, however that ends. Where they are is told in files of a folder of the build.
 */
final class BuildServers {
  /** The folder below which builds of this project have theirs; the POM sets it. */
  private static final String PROPERTY = "testmesh.backends.folder";

  private final Path folder;
  private final ProcessHandle build;

  /**
   * The servers of a build.
   *
   * @param folder below which builds have their folders
   * @param build the process that they end with
   */
  BuildServers(Path folder, ProcessHandle build) {
    long started = build.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    this.folder = folder.resolve(build.pid() + "-" + started);
    this.build = build;
  }

  /** Those of the build that runs this JVM; null when no build does, as in an editor. */
  static @Nullable BuildServers ofThisBuild() {
    String folder = System.getProperty(PROPERTY);
    ProcessHandle process = parent(ProcessHandle.current());
    // Shells may be between a build and the JVM of its tests.
    while (process != null && !isJava(process)) {
      process = parent(process);
    }
    return folder == null || process == null
        ? null
        : new BuildServers(Path.of(folder).toAbsolutePath(), process);
  }

  private static @Nullable ProcessHandle parent(ProcessHandle process) {
    return process.parent().orElse(null);
  }

  private static boolean isJava(ProcessHandle process) {
    Path program = Path.of(process.info().command().orElse("")).getFileName();
    return program != null && List.of("java", "java.exe").contains(program.toString());
  }

  /** The server of a kind, started when no JVM of the build has asked for it yet. */
  Backend get(Kind kind) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (FileChannel channel =
        FileChannel.open(lock(folder, kind), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      Backend known = known(kind);
      if (known == null) {
        start(kind);
        known = known(kind);
      }
      if (known == null) {
        throw new IOException(name(kind) + " ended: " + Files.readString(log(folder, kind)));
      }
      return known;
    }
  }

  /** What a holder that runs has told. */
  private @Nullable Backend known(Kind kind) throws IOException {
    Path told = told(folder, kind);
    if (!Files.exists(told)) {
      return null;
    }
    List<String> lines = Files.readAllLines(told);
    ProcessHandle holder = ProcessHandle.of(Long.parseLong(lines.get(0))).orElse(null);
    return runs(holder) ? new Backend(lines.get(2), Source.valueOf(lines.get(1)), () -> {}) : null;
  }

  /** Whether there is such a process, not just its entry: nobody may ask for an orphan's end. */
  static boolean runs(@Nullable ProcessHandle process) {
    if (process == null || !process.isAlive()) {
      return false;
    }
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      return !Files.exists(stat)
          || !Files.readString(stat).replaceFirst(".*\\) ", "").startsWith("Z");
    } catch (IOException e) {
      // It ended while it was looked at.
      return process.isAlive();
    }
  }

  private void start(Kind kind) throws IOException, InterruptedException {
    Path told = told(folder, kind);
    Path log = log(folder, kind);
    Files.deleteIfExists(told);
    Process holder =
        new ProcessBuilder(
                ServerProcess.java(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BuildServerMain.class.getName(),
                kind.name(),
                folder.toString(),
                Long.toString(build.pid()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    holder.getOutputStream().close();
    try {
      ServerProcess.awaitReady(name(kind), holder, log, () -> Files.exists(told));
    } catch (IOException | InterruptedException e) {
      holder.destroy();
      throw e;
    }
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The file that its holder writes when a server answers: its process id, source and address. */
  static Path told(Path folder, Kind kind) {
    return folder.resolve(name(kind));
  }

  /** What its holder prints. */
  static Path log(Path folder, Kind kind) {
    return folder.resolve(name(kind) + ".log");
  }

  /** Held by the JVM that asks. */
  static Path lock(Path folder, Kind kind) {
    return folder.resolve(name(kind) + ".lock");
  }
}

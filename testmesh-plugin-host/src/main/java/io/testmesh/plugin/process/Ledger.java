package io.testmesh.plugin.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which processes run for which host, in files, so that the next host can end what a killed one
 * left behind. A process is ended only when its cookie, or its number and its start, are those that
 * were written down: numbers are used again. A folder that cannot be written to keeps nothing.
 */
final class Ledger {
  private static final Duration SAME_START = Duration.ofSeconds(2);
  private static final Duration TO_KILL = Duration.ofSeconds(5);
  private static final String END = ".process";

  private final Path folder;

  Ledger(Path folder) {
    this.folder = folder;
  }

  /** Writes a process down; gives the file to delete when it is gone, or null. */
  @Nullable Path add(String plugin, ProcessHandle process, String cookie) {
    ProcessHandle host = ProcessHandle.current();
    String text =
        "plugin="
            + plugin
            + "\npid="
            + process.pid()
            + "\nstart="
            + start(process)
            + "\ncookie="
            + cookie
            + "\nhost="
            + host.pid()
            + "\nhost_start="
            + start(host)
            + "\n";
    Path file = folder.resolve(plugin + "-" + cookie + END);
    try {
      PrivateFiles.makeFolder(folder);
      PrivateFiles.makeFile(file);
      Files.writeString(file, text);
      return file;
    } catch (IOException e) {
      return null;
    }
  }

  private static String start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  /** Ends what hosts that are gone have left behind. */
  void sweep() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + END)) {
      for (Path file : files) {
        sweep(file);
      }
    } catch (IOException e) {
      // The next host tries again.
    }
  }

  private static void sweep(Path file) throws IOException {
    Map<String, String> entry = read(file);
    Optional<ProcessHandle> host = find(entry.get("host"), entry.get("host_start"));
    if (host.isPresent() || !entry.containsKey("host_start")) {
      // Somebody's, or just being written.
      return;
    }
    ProcessHandle process = find(entry.get("pid"), entry.get("start")).orElse(null);
    String cookie = entry.getOrDefault("cookie", "");
    if (process != null && ProcFiles.isThere() && !isMarked(process, cookie)) {
      process = null;
    }
    if (!cookie.isEmpty() && new ProcessTree(process, cookie).kill(TO_KILL).isEmpty()) {
      Files.deleteIfExists(file);
    }
  }

  private static boolean isMarked(ProcessHandle process, String cookie) {
    return ProcFiles.withCookie(cookie).contains(process.pid());
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> entry = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          entry.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    } catch (IOException e) {
      // Deleted in the meantime.
    }
    return entry;
  }

  /** The process with that number, if it is the one that was started then. */
  private static Optional<ProcessHandle> find(@Nullable String pid, @Nullable String start) {
    if (pid == null || start == null) {
      return Optional.empty();
    }
    try {
      Instant wanted = Instant.parse(start);
      return ProcessHandle.of(Long.parseLong(pid))
          .filter(ProcessHandle::isAlive)
          .filter(process -> isSame(process, wanted));
    } catch (RuntimeException e) {
      // Not a number or not a time: the entry says nothing.
      return Optional.empty();
    }
  }

  private static boolean isSame(ProcessHandle process, Instant wanted) {
    return process
        .info()
        .startInstant()
        .map(found -> Duration.between(found, wanted).abs().compareTo(SAME_START) <= 0)
        .orElse(false);
  }
}

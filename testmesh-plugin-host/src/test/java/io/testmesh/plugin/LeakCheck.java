package io.testmesh.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves something behind: a process that belongs to a plugin (its environment
 * has a cookie; a process whose port is still open is one), a thread of the host, or a temporary
 * file.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace KEY =
      ExtensionContext.Namespace.create(LeakCheck.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(KEY).put("files", temporaryFiles());
  }

  @Override
  @SuppressWarnings("unchecked")
  public void afterEach(ExtensionContext context) {
    Set<String> before = (Set<String>) context.getStore(KEY).get("files");
    Waiting.until(PATIENCE, () -> processes().isEmpty() && threads().isEmpty());
    assertThat(processes()).as("processes of plugins that are left").isEmpty();
    assertThat(threads()).as("threads of the plugin host that are left").isEmpty();
    Set<String> left = temporaryFiles();
    left.removeAll(before);
    assertThat(left).as("temporary files that are left").isEmpty();
  }

  /** The processes that have a plugin's cookie in their environment, with their commands. */
  public static List<String> processes() {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        String mine = "TESTMESH_HOST_PID=" + ProcessHandle.current().pid() + "\0";
        if (text(process.resolve("environ")).contains(mine) && !isZombie(process)) {
          String command = text(process.resolve("cmdline")).replace('\0', ' ');
          found.add(process.getFileName() + " " + command);
        }
      }
    } catch (IOException e) {
      // There is no /proc.
    }
    return found;
  }

  private static boolean isZombie(Path process) {
    String stat = text(process.resolve("stat"));
    int end = stat.lastIndexOf(')');
    return end < 0 || stat.startsWith(") Z", end);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> threads() {
    List<String> names = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("testmesh-plugin")) {
        names.add(thread.getName());
      }
    }
    return names;
  }

  private static Set<String> temporaryFiles() {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            Path.of(System.getProperty("java.io.tmpdir")), "testmesh-plugin*")) {
      files.forEach(file -> names.add(file.toString()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return names;
  }
}

package io.testmesh.plugin.archive;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a plugin's files arrive: counts while it writes, so that nothing a header says is believed,
 * writes into its folder alone, and leaves out what no plugin needs.
 */
final class Intake {
  /** What version control and tools leave beside a program. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          ".git",
          ".hg",
          ".svn",
          "__pycache__",
          ".pytest_cache",
          ".mypy_cache",
          ".ruff_cache",
          ".tox",
          ".DS_Store",
          "__MACOSX");

  /** Beyond it, waiting for the disk after each file would take longer than the copy. */
  private static final int MOST_SYNCED = 200;

  private final Path target;
  private final Limits limits;
  private final boolean folder;
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private final Map<String, Integer> perTop = new LinkedHashMap<>();
  private long bytes;
  private long allowed;
  private long unused;
  private int entries;
  private int files;

  Intake(Path target, Limits limits, boolean folder) {
    this.target = target;
    this.limits = limits;
    this.folder = folder;
    this.allowed = limits.totalBytes();
  }

  int files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  List<String> leftOut() {
    List<String> texts = new ArrayList<>();
    leftOut.forEach(
        (name, count) -> texts.add(name + " (" + count + (count == 1 ? " file)" : " files)")));
    return texts;
  }

  /** Whether something by that name is not taken over. */
  static boolean isLeftOut(String name) {
    return LEFT_OUT.contains(name);
  }

  /** Notes a file that is not taken over. */
  void leaveOut(String name, int count) {
    leftOut.merge(name, count, Integer::sum);
  }

  /**
   * An archive of that size may hold only so much; small ones may be packed as well as they are.
   */
  void archiveBytes(long size) {
    allowed = Math.min(limits.totalBytes(), Math.max(size * limits.ratio(), 1 << 20));
  }

  /** Counts what has to be unpacked although it is not taken over. */
  void unpack(long size) throws PluginException {
    unused += size;
    if (unused > allowed) {
      throw tooLarge();
    }
  }

  /** Takes a folder over; its parents are there. */
  void folder(String path) throws PluginException, IOException {
    count(path);
    Files.createDirectories(target.resolve(path));
  }

  /** Takes a link over whose target was checked. */
  void link(String path, Path to) throws PluginException, IOException {
    count(path);
    files++;
    Files.createSymbolicLink(target.resolve(path), to);
  }

  /** Takes a file over. */
  void file(String path, boolean executable, InputStream content)
      throws PluginException, IOException {
    count(path);
    files++;
    Path file = target.resolve(path);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        bytes += read;
        if (bytes > allowed) {
          throw tooLarge();
        }
        ByteBuffer part = ByteBuffer.wrap(buffer, 0, read);
        while (part.hasRemaining()) {
          out.write(part);
        }
      }
      if (files <= MOST_SYNCED) {
        out.force(true);
      }
    }
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> rights =
          PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
      Files.setPosixFilePermissions(file, rights);
    }
  }

  private void count(String path) throws PluginException {
    int slash = path.indexOf('/');
    perTop.merge(slash < 0 ? path : path.substring(0, slash), 1, Integer::sum);
    entries++;
    if (entries > limits.entries()) {
      Map.Entry<String, Integer> most = Map.entry("", 0);
      for (Map.Entry<String, Integer> top : perTop.entrySet()) {
        most = top.getValue() > most.getValue() ? top : most;
      }
      throw new PluginException(
          code("TOO_LARGE"),
          "the plugin holds more than "
              + limits.entries()
              + " files and folders, most of them in "
              + Quoted.text(most.getKey())
              + " ("
              + most.getValue()
              + " so far)",
          "leave out what it does not need to run");
    }
  }

  private PluginException tooLarge() {
    boolean ratio = allowed < limits.totalBytes();
    return new PluginException(
        code("TOO_LARGE"),
        ratio
            ? "the archive unpacks to more than "
                + limits.ratio()
                + " times its size ("
                + mebibytes(allowed)
                + " MiB)"
            : "the plugin is larger than "
                + mebibytes(limits.totalBytes())
                + " MiB, after "
                + files
                + (files == 1 ? " file" : " files"),
        ratio
            ? "pack it anew; an archive like this one is a trap"
            : "leave out what it does not need");
  }

  private static String mebibytes(long size) {
    return String.format(Locale.ROOT, "%.1f", size / (double) (1 << 20)).replace(".0", "");
  }

  /** A refusal because of what a member is. */
  PluginException unsafe(String path, String what) {
    return new PluginException(
        code("UNSAFE"),
        (folder ? "the folder holds " : "the archive holds ") + Quoted.text(path) + ", " + what,
        null);
  }

  /** A refusal because of the archive itself. */
  static PluginException broken(Path archive, String what) {
    return new PluginException(
        "ARCHIVE_UNSAFE", "the archive " + archive + " " + what, "pack or copy it anew");
  }

  private String code(String end) {
    return (folder ? "SOURCE_" : "ARCHIVE_") + end;
  }
}

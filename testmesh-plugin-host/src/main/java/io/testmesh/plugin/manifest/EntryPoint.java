package io.testmesh.plugin.manifest;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The file to run: a regular file that really lies in the plugin's folder. */
final class EntryPoint {
  /** What is wrong with an entry point, as the end of a sentence. */
  record Fault(String code, String message, @Nullable String hint) {}

  private static final String INVALID = "ENTRY_INVALID";
  private static final String OUTSIDE = "ENTRY_OUTSIDE";

  private EntryPoint() {}

  /** Looks at the file without opening it: opening a FIFO would block. */
  static @Nullable Fault fault(Path realFolder, String entry) {
    Fault spelling = spelling(entry);
    if (spelling != null) {
      return spelling;
    }
    Path file;
    try {
      file = realFolder.resolve(entry);
    } catch (InvalidPathException wrong) {
      return new Fault(INVALID, "is no file name", null);
    }
    try {
      Path real = file.toRealPath();
      if (!real.startsWith(realFolder)) {
        return new Fault(
            OUTSIDE,
            "leads out of the plugin's folder, to " + real,
            "copy the file into the folder");
      }
      return kind(Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException | FileSystemLoopException missing) {
      boolean link = Files.isSymbolicLink(file);
      String hint = link ? null : near(realFolder, entry);
      return new Fault(
          INVALID, link ? "is a link that leads nowhere" : "does not exist in the folder", hint);
    } catch (IOException | SecurityException unreadable) {
      return Files.isSymbolicLink(file)
          ? new Fault(INVALID, "is a link that leads nowhere", null)
          : new Fault(INVALID, "cannot be looked at: " + unreadable.getMessage(), null);
    }
  }

  private static @Nullable Fault spelling(String entry) {
    boolean drive = entry.length() > 1 && entry.charAt(1) == ':';
    if (entry.startsWith("/") || entry.startsWith("\\") || drive) {
      return new Fault(
          OUTSIDE, "is absolute", "name the file relative to the plugin's folder, as server.py");
    }
    if (entry.indexOf('\\') >= 0) {
      return new Fault(INVALID, "holds a backslash", "separate folders with /");
    }
    for (String part : entry.split("/", -1)) {
      if (part.equals("..")) {
        return new Fault(
            OUTSIDE, "leads out of the plugin's folder with ..", "copy the file into the folder");
      }
    }
    return null;
  }

  private static @Nullable Fault kind(BasicFileAttributes file) {
    if (file.isDirectory()) {
      return new Fault(INVALID, "is a folder, a file to run is wanted", null);
    }
    if (!file.isRegularFile()) {
      return new Fault(INVALID, "is no regular file but a pipe, socket or device", null);
    }
    return file.size() == 0 ? new Fault(INVALID, "is empty", null) : null;
  }

  private static @Nullable String near(Path folder, String entry) {
    for (String usual :
        new String[] {"server.py", "server.js", "main.py", "index.js", "plugin.py", "start.sh"}) {
      if (!usual.equals(entry) && Files.isRegularFile(folder.resolve(usual))) {
        return "there is a " + usual;
      }
    }
    return null;
  }
}

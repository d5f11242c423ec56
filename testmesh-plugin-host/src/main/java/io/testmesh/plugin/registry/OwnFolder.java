package io.testmesh.plugin.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * The host's own part of a plugin folder, {@code .testmesh} in it: state, what is kept, locks, and
 * on the same file system the places of plugins that come and go.
 *
 * @param plugins the plugin folder
 */
record OwnFolder(Path plugins) {
  private static final String NAME = ".testmesh";

  /** Its path; it may not be there. */
  Path path() {
    return plugins.resolve(NAME);
  }

  /** A file or folder in it. */
  Path resolve(String name) {
    return path().resolve(name);
  }

  /** Makes it, and the plugin folder, for their owner alone. */
  void make() throws IOException {
    makeFolder(plugins);
    makeFolder(path());
  }

  private static void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(folder, ownersAlone(folder));
    } catch (FileAlreadyExistsException another) {
      if (!Files.isDirectory(folder)) {
        throw another;
      }
    }
  }

  private static FileAttribute<?>[] ownersAlone(Path path) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> all = PosixFilePermissions.fromString("rwx------");
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(all)};
  }

  /**
   * Writes a file so that a reader sees the old text or the new one, and after a crash of the
   * machine too: to a file beside it, onto the disk, and moved over it.
   */
  static void write(Path file, String text) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
    try {
      try (FileChannel out =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      move(beside, file);
      syncFolder(file.resolveSibling("."));
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException odd) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Puts a folder's entries onto the disk where the system can; elsewhere nothing is lost. */
  static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notHere) {
      // Windows opens no folders; a rename there is in its journal.
    }
  }
}

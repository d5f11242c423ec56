package io.testmesh.plugin.registry;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Moves and deletes whole folders; links are never followed. */
public final class Trees {
  private static final long SCANNER_NANOS = TimeUnit.SECONDS.toNanos(5);

  private Trees() {}

  /** Renames a folder, which readers see at once or not at all. */
  static void move(Path from, Path to) throws IOException {
    long end = System.nanoTime() + SCANNER_NANOS;
    long pause = TimeUnit.MILLISECONDS.toNanos(50);
    while (true) {
      try {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException refused) {
        // On Windows a virus scanner holds new files for a moment (pulumi#2695). Unverified.
        boolean windows = from.getFileSystem().getSeparator().equals("\\");
        if (!windows || System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
          throw refused;
        }
        LockSupport.parkNanos(pause);
        pause *= 2;
      }
    }
  }

  /** Deletes a file or folder with all in it; gives what could not be deleted. */
  public static List<Path> delete(Path tree) {
    List<Path> left = new ArrayList<>();
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return left;
    }
    try {
      Files.walkFileTree(tree, new Deleting(left));
    } catch (IOException unreadable) {
      left.add(tree);
    }
    return left;
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    private final List<Path> left;

    Deleting(List<Path> left) {
      this.left = left;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      // Package managers write-protect folders; only their owner empties them.
      if (!Files.isWritable(folder)
          && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failed) {
      delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) {
      delete(folder);
      return FileVisitResult.CONTINUE;
    }

    private void delete(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (DirectoryNotEmptyException holdsWhatIsLeft) {
        // What is in it is listed already.
      } catch (IOException stays) {
        left.add(path);
      }
    }
  }
}

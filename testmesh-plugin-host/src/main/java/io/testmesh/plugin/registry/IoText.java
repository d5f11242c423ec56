package io.testmesh.plugin.registry;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What a file system said, in words for people. */
final class IoText {
  private IoText() {}

  /** The reason without the file's name; what is meant is clear from where it stands. */
  static String of(IOException failed) {
    if (failed instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failed instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (failed instanceof FileAlreadyExistsException) {
      return "it is there already";
    }
    if (failed instanceof NotDirectoryException) {
      return "it is no folder";
    }
    if (failed instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    String message = failed.getMessage();
    return message == null ? "an input or output error" : message;
  }
}

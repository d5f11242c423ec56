package io.testmesh.plugin.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The places of plugins that come and go, {@code staging} and {@code trash} in the host's part of
 * the plugin folder. A place is named after the process that made it, so that what a dead one left
 * behind is found and removed.
 *
 * @param own the host's part of the plugin folder
 */
record Places(OwnFolder own) {
  private static final String STAGING = "staging";
  private static final String TRASH = "trash";

  /** A new, empty folder to copy into. */
  Path staging() throws IOException {
    return fresh(STAGING);
  }

  /** A new, empty folder to move into what goes. */
  Path trash() throws IOException {
    return fresh(TRASH);
  }

  private Path fresh(String kind) throws IOException {
    own.make();
    String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    while (true) {
      try {
        return Files.createDirectories(own.resolve(kind).resolve(name));
      } catch (NoSuchFileException swept) {
        own.make(); // another process removed the empty folder of places in between
      }
    }
  }

  /** Removes a place with all in it, and the folder of places when it was the last one. */
  static void remove(Path place) {
    Trees.delete(place);
    try {
      Path parent = place.getParent();
      if (parent != null) {
        Files.deleteIfExists(parent);
      }
    } catch (IOException othersAreThere) {
      // Theirs to remove.
    }
  }

  /** Removes what processes that are gone left behind. */
  void sweep() {
    for (String kind : new String[] {STAGING, TRASH}) {
      try (Stream<Path> places = Files.list(own.resolve(kind))) {
        places.filter(Places::isLeft).forEach(Places::remove);
      } catch (IOException none) {
        // Usually there are none.
      }
    }
  }

  /** Whether its process is gone, or has its number from one that is. */
  private static boolean isLeft(Path place) {
    String name = String.valueOf(place.getFileName());
    int end = name.indexOf('-');
    try {
      Optional<ProcessHandle> maker =
          ProcessHandle.of(Long.parseLong(name.substring(0, Math.max(end, 0))));
      if (maker.isEmpty()) {
        return true;
      }
      Optional<Instant> started = maker.get().info().startInstant();
      // The clock of a file system may be coarse; a second is less than a number takes to return.
      return started.isPresent()
          && Files.getLastModifiedTime(place).toInstant().plusSeconds(1).isBefore(started.get());
    } catch (NumberFormatException foreign) {
      return true;
    } catch (IOException gone) {
      return false;
    }
  }
}

package io.testmesh.junit;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds flows among the test resources, and their source files for IDEs. */
final class TestPlaces {
  private static final Path SOURCES = Path.of("src", "test", "resources");

  /** Where builds copy the test resources to: Maven, Gradle, IntelliJ IDEA. */
  private static final Path[] COPIES = {
    Path.of("target", "test-classes"),
    Path.of("build", "resources", "test"),
    Path.of("out", "test", "resources")
  };

  private TestPlaces() {}

  /** A place as the engine finds it: one that is no file but a test resource gets its path. */
  static String resolve(String place, ClassLoader loader) {
    String file = file(place);
    if (file.isEmpty() || exists(file)) {
      return place;
    }
    URL resource = loader.getResource(file);
    if (resource == null || !resource.getProtocol().equals("file")) {
      return place;
    }
    try {
      Path found = Path.of(resource.toURI());
      Path folder = Path.of("").toAbsolutePath();
      Path shown = found.startsWith(folder) ? folder.relativize(found) : found;
      return shown + place.substring(file.length());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return place;
    }
  }

  /** The file of {@code FILE::name} and {@code FILE:LINE}. */
  private static String file(String place) {
    int colons = place.lastIndexOf("::");
    if (colons > 0) {
      return place.substring(0, colons);
    }
    int colon = place.lastIndexOf(':');
    if (colon <= 0 || colon == place.length() - 1) {
      return place;
    }
    for (int i = colon + 1; i < place.length(); i++) {
      if (!Character.isDigit(place.charAt(i))) {
        return place;
      }
    }
    return place.substring(0, colon);
  }

  private static boolean exists(String file) {
    try {
      return Files.exists(Path.of(file));
    } catch (InvalidPathException e) {
      // A glob on Windows.
      return true;
    }
  }

  /**
   * What an IDE jumps to.
   *
   * @param line from 1; 0 for the file as a whole
   * @return null when there is no such file
   */
  static @Nullable URI uri(Path file, int line) {
    if (!Files.exists(file)) {
      return null;
    }
    URI uri = source(file.toAbsolutePath().normalize()).toUri();
    return line > 0 ? URI.create(uri + "?line=" + line) : uri;
  }

  /** The file that people edit, where a file is the build's copy of it. */
  private static Path source(Path file) {
    for (Path copies : COPIES) {
      for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
        if (folder.endsWith(copies)) {
          Path module = folder;
          for (int i = 0; i < copies.getNameCount() && module != null; i++) {
            module = module.getParent();
          }
          if (module != null) {
            Path source = module.resolve(SOURCES).resolve(folder.relativize(file));
            return Files.exists(source) ? source : file;
          }
        }
      }
    }
    return file;
  }
}

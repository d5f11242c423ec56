package io.testmesh.backends;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * Where initdb and postgres come from: from the machine, or, where it has none, from the jar that
 * zonky publishes for Linux on x86-64.
 */
final class PostgresPrograms {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String ARCHIVE = "postgres-linux-x86_64.txz";

  private final @Nullable Path installed;

  private PostgresPrograms(@Nullable Path installed) {
    this.installed = installed;
  }

  /** Those of the machine, or those of the jar. */
  static PostgresPrograms find() throws IOException {
    Path debian = debian();
    if (debian != null) {
      return new PostgresPrograms(debian);
    }
    Path onPath = Programs.find("initdb");
    if (onPath != null) {
      return new PostgresPrograms(onPath.resolveSibling(""));
    }
    if (isPublished()) {
      return published();
    }
    return new PostgresPrograms(
        Programs.require("initdb", "apt-get install postgresql").resolveSibling(""));
  }

  /** Those of the jar. */
  static PostgresPrograms published() {
    return new PostgresPrograms(null);
  }

  /** Whether there is a jar for this machine. */
  static boolean isPublished() {
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return System.getProperty("os.name").equals("Linux")
        && List.of("amd64", "x86_64").contains(machine);
  }

  /** Debian keeps them off the PATH. */
  private static @Nullable Path debian() throws IOException {
    if (!Files.isDirectory(DEBIAN)) {
      return null;
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder())
          .orElse(null);
    }
  }

  /**
   * The folder with the programs.
   *
   * @param folder where those of the jar are unpacked to
   */
  Path in(Path folder) throws IOException {
    if (installed != null) {
      return installed;
    }
    try (InputStream jar = PostgresPrograms.class.getResourceAsStream("postgres.classpath")) {
      if (jar == null) {
        throw new IOException("testmesh-backends was not built by Maven");
      }
      Path target = folder.resolve("programs");
      unpack(Path.of(new String(jar.readAllBytes(), StandardCharsets.UTF_8).strip()), target);
      return target.resolve("bin");
    }
  }

  private static void unpack(Path jar, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry archive = zip.getEntry(ARCHIVE);
      try (TarArchiveInputStream files =
          new TarArchiveInputStream(new XZInputStream(zip.getInputStream(archive)))) {
        for (TarArchiveEntry entry = files.getNextEntry();
            entry != null;
            entry = files.getNextEntry()) {
          unpack(entry, files, target.resolve(entry.getName()).normalize());
        }
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, file);
      boolean runs = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}

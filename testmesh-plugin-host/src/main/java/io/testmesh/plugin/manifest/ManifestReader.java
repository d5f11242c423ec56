package io.testmesh.plugin.manifest;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.json.JsonDocument;
import io.testmesh.plugin.json.JsonFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads manifests and finds all that is wrong with them at once. Immutable; nothing is started, and
 * nothing but regular files inside of the plugin's folder is opened.
 */
public final class ManifestReader {
  private static final int LARGEST = 1 << 20;

  private final Supplier<Set<String>> builtIns;
  private final @Nullable SemanticVersion host;

  /**
   * A reader.
   *
   * @param builtIns the built-in actions' names and their prefixes: no plugin may be called so
   * @param hostVersion this host's version; null where it is not known, then {@code requires} is
   *     not held against it
   */
  public ManifestReader(Supplier<Set<String>> builtIns, @Nullable String hostVersion) {
    this.builtIns = Objects.requireNonNull(builtIns, "builtIns");
    this.host = hostVersion == null ? null : SemanticVersion.parse(hostVersion);
  }

  /**
   * The manifest of a plugin to install or check: the version has to be a semantic one.
   *
   * @throws PluginException naming all problems, when there is one
   */
  public Manifest read(Path folder) throws PluginException {
    ManifestReport report = inspect(folder, true);
    Manifest manifest = report.manifest();
    if (manifest == null) {
      throw report.toException();
    }
    return manifest;
  }

  /**
   * All that there is to say about a folder's manifest.
   *
   * @param strictVersion whether a version that is no semantic one is a problem, not a warning
   */
  public ManifestReport inspect(Path folder, boolean strictVersion) {
    List<ManifestProblem> problems = new ArrayList<>();
    String folderName = folderName(folder);
    byte[] bytes = null;
    Path real = folder;
    try {
      real = folder.toRealPath();
      bytes = bytes(real, folderName, problems);
    } catch (IOException | SecurityException unreadable) {
      problems.add(problem("MANIFEST_MISSING", "cannot be read: " + unreadable.getMessage(), null));
    }
    if (bytes == null) {
      return new ManifestReport(folderName, null, Map.of(), null, problems, List.of());
    }
    JsonDocument document = JsonDocument.read(bytes);
    for (JsonFault fault : document.faults()) {
      problems.add(problem(fault));
    }
    ManifestFields fields = new ManifestFields(document, real, problems);
    if (document.marked()) {
      fields.warn("MANIFEST_ENCODING", "manifest.json begins with a byte order mark; leave it out");
    }
    if (document.value() instanceof Map<?, ?>) {
      fields.read(strictVersion, builtIns, host);
    } else if (problems.isEmpty()) {
      fields.problem("MANIFEST_INVALID", "", "wants to be an object, { … }", null);
    }
    return fields.report(folderName);
  }

  private static byte @Nullable [] bytes(
      Path folder, String folderName, List<ManifestProblem> problems) throws IOException {
    Path file = folder.resolve(Manifest.FILE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      problems.add(
          problem(
              "MANIFEST_MISSING",
              "is missing in the folder " + Quoted.text(folderName),
              "a plugin's folder has a manifest.json at its root"));
      return null;
    }
    Path real = realInside(folder, file);
    if (real == null) {
      problems.add(
          problem("MANIFEST_INVALID", "is a link that leads nowhere or out of the folder", null));
      return null;
    }
    BasicFileAttributes kind =
        Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!kind.isRegularFile()) {
      problems.add(
          problem(
              "MANIFEST_INVALID",
              kind.isDirectory()
                  ? "is a folder"
                  : "is no regular file but a pipe, socket or device",
              null));
      return null;
    }
    try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length <= LARGEST) {
        return bytes;
      }
      problems.add(problem("MANIFEST_TOO_LARGE", "is larger than 1 MiB", null));
      return null;
    }
  }

  private static @Nullable Path realInside(Path folder, Path file) {
    try {
      Path real = file.toRealPath();
      return real.startsWith(folder) ? real : null;
    } catch (IOException dangling) {
      return null;
    }
  }

  private static ManifestProblem problem(JsonFault fault) {
    String code =
        switch (fault.kind()) {
          case SYNTAX -> "MANIFEST_SYNTAX";
          case ENCODING -> "MANIFEST_ENCODING";
          case LIMIT -> "MANIFEST_TOO_LARGE";
          case DUPLICATE -> "MANIFEST_DUPLICATE_KEY";
        };
    String place = Manifest.FILE + ":" + fault.place();
    String hint = fault.kind() == JsonFault.Kind.ENCODING ? "save the file as UTF-8" : null;
    return new ManifestProblem(code, place, "", fault.message(), hint);
  }

  private static ManifestProblem problem(String code, String message, @Nullable String hint) {
    return new ManifestProblem(code, Manifest.FILE, "", message, hint);
  }

  private static String folderName(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? folder.toString() : name.toString();
  }
}

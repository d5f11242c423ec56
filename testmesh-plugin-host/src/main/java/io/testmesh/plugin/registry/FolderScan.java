package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.ManifestReader;
import io.testmesh.plugin.manifest.ManifestReport;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.manifest.Quoted;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a plugin folder, one level deep. */
final class FolderScan {
  private final Path path;
  private final PluginFolders.Options options;
  private final ManifestReader reader;

  FolderScan(Path path, PluginFolders.Options options) {
    this.path = path;
    this.options = options;
    this.reader = options.reader();
  }

  /** What lies in the folder, by id, and what is odd about the folder itself. */
  record Found(List<Installed> plugins, List<PluginWarning> warnings) {}

  /** One folder with a manifest, before ids are held against each other. */
  private record Candidate(
      Path folder, String name, @Nullable ManifestReport report, @Nullable PluginException link) {
    @Nullable Manifest manifest() {
      return report == null ? null : report.manifest();
    }
  }

  Found scan(Function<String, Boolean> isEnabled) {
    List<PluginWarning> warnings = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      for (Path folder : folders(warnings)) {
        candidates.add(candidate(folder));
      }
    }
    PluginException distrust =
        candidates.isEmpty() || options.trusted() ? null : FolderTrust.problem(path);
    if (distrust != null) {
      warnings.add(new PluginWarning(distrust.code(), distrust.getMessage()));
    }
    Map<String, List<Candidate>> byId = new TreeMap<>();
    for (Candidate candidate : candidates) {
      Manifest manifest = candidate.manifest();
      if (manifest != null) {
        byId.computeIfAbsent(manifest.id(), id -> new ArrayList<>()).add(candidate);
      }
    }
    List<Installed> plugins = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    byId.forEach(
        (id, same) -> {
          Candidate owner = owner(id, same);
          if (owner != null) {
            plugins.add(valid(owner, same, distrust, isEnabled));
            taken.add(id);
          }
        });
    for (Candidate candidate : candidates) {
      Manifest manifest = candidate.manifest();
      List<Candidate> same =
          manifest == null ? List.of() : byId.getOrDefault(manifest.id(), List.of());
      if (manifest == null || owner(manifest.id(), same) != candidate) {
        // An address is one plugin's alone; the sign cannot be in an id.
        String address = taken.add(candidate.name()) ? candidate.name() : candidate.name() + "~";
        plugins.add(invalid(candidate, address, same, isEnabled));
      }
    }
    plugins.sort(Comparator.comparing(Installed::id));
    return new Found(plugins, warnings);
  }

  private List<Path> folders(List<PluginWarning> warnings) {
    List<Path> folders = new ArrayList<>();
    long end = System.nanoTime() + options.scanLimit().toNanos();
    int seen = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        if (System.nanoTime() - end >= 0) {
          warnings.add(tooSlow(seen));
          break;
        }
        seen++;
        String name = String.valueOf(entry.getFileName());
        if (!name.startsWith(".")
            && Files.isDirectory(entry)
            && Files.exists(entry.resolve(Manifest.FILE), LinkOption.NOFOLLOW_LINKS)) {
          folders.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException unusable) {
      warnings.add(
          new PluginWarning(
              "DIR_UNUSABLE",
              "the plugin folder "
                  + path
                  + " cannot be read: "
                  + reason(unusable)
                  + "; there are no plugins"));
      return List.of();
    }
    folders.sort(Comparator.naturalOrder());
    return folders;
  }

  private static String reason(Exception unusable) {
    Throwable cause = unusable instanceof IOException ? unusable : unusable.getCause();
    return cause instanceof IOException known ? IoText.of(known) : "reading it was given up";
  }

  private PluginWarning tooSlow(int seen) {
    return new PluginWarning(
        "DIR_SLOW",
        "reading the plugin folder "
            + path
            + " was given up after "
            + options.scanLimit().toMillis()
            + " ms and "
            + seen
            + " entries; plugins may be missing");
  }

  private Candidate candidate(Path folder) {
    String name = String.valueOf(folder.getFileName());
    if (Files.isSymbolicLink(folder)) {
      PluginException link =
          new PluginException(
              "LINK_NOT_ALLOWED",
              "plugin " + Quoted.text(name) + ": its folder is a symbolic link, and is passed over",
              "install it from where the link leads to, or move the folder here");
      return new Candidate(folder, name, null, link);
    }
    return new Candidate(folder, name, reader.inspect(folder, false), null);
  }

  /** The one whose folder is named like the id, or the only one; else nobody is to be preferred. */
  private static @Nullable Candidate owner(String id, List<Candidate> same) {
    for (Candidate candidate : same) {
      if (same.size() == 1 || candidate.name().equals(id)) {
        return candidate;
      }
    }
    return null;
  }

  private static Installed valid(
      Candidate owner,
      List<Candidate> same,
      @Nullable PluginException distrust,
      Function<String, Boolean> isEnabled) {
    Manifest manifest = Objects.requireNonNull(owner.manifest());
    List<PluginWarning> warnings = new ArrayList<>(manifest.warnings());
    if (!owner.name().equals(manifest.id())) {
      warnings.add(
          new PluginWarning(
              "FOLDER_NAME",
              "the folder of plugin \""
                  + manifest.id()
                  + "\" is called "
                  + Quoted.text(owner.name())
                  + "; name it like the id"));
    }
    List<PluginWarning> conflicts = new ArrayList<>();
    for (Candidate other : same) {
      if (other != owner) {
        conflicts.add(
            new PluginWarning(
                "ID_DUPLICATE",
                "the id is also that of " + other.folder() + ", which is not used"));
      }
    }
    return new Installed(
        manifest.id(),
        owner.folder(),
        manifest,
        distrust,
        isEnabled.apply(manifest.id()),
        manifest.raw(),
        warnings,
        conflicts);
  }

  private static Installed invalid(
      Candidate candidate,
      String address,
      List<Candidate> same,
      Function<String, Boolean> isEnabled) {
    ManifestReport report = candidate.report();
    List<PluginWarning> conflicts = new ArrayList<>();
    PluginException problem;
    if (report == null) {
      problem = Objects.requireNonNull(candidate.link());
    } else if (report.manifest() == null) {
      problem = report.toException();
      report.problems().stream()
          .filter(one -> one.code().equals("ID_BUILTIN_CLASH"))
          .forEach(one -> conflicts.add(new PluginWarning(one.code(), one.message())));
    } else {
      problem = duplicate(report.manifest().id(), candidate, same);
      conflicts.add(new PluginWarning(problem.code(), problem.getMessage()));
    }
    return new Installed(
        address,
        candidate.folder(),
        null,
        problem,
        isEnabled.apply(address),
        report == null ? Map.of() : report.raw(),
        report == null ? List.of() : report.warnings(),
        conflicts);
  }

  private static PluginException duplicate(String id, Candidate candidate, List<Candidate> same) {
    List<String> others = new ArrayList<>();
    for (Candidate other : same) {
      if (other != candidate) {
        others.add(other.folder().toString());
      }
    }
    Candidate owner = owner(id, same);
    String said =
        "plugin \""
            + id
            + "\": the folder "
            + candidate.folder()
            + " has the same id as "
            + String.join(", ", others)
            + (owner == null ? "; none of them is used" : "; that one is used");
    return new PluginException(
            "ID_DUPLICATE",
            said,
            owner == null
                ? "remove all but one, or name the folder to use \"" + id + "\""
                : "remove one, or give it another id")
        .detail("folder", candidate.name())
        .detail(owner == null ? "id" : "duplicate_of", id);
  }
}

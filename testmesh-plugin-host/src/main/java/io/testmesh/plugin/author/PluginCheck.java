package io.testmesh.plugin.author;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.admin.Dependencies;
import io.testmesh.plugin.archive.Limits;
import io.testmesh.plugin.archive.PluginSource;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.ManifestProblem;
import io.testmesh.plugin.manifest.ManifestReader;
import io.testmesh.plugin.manifest.ManifestReport;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.registry.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Checks a plugin's folder: its manifest, its files, and a copy of it by running it. Changes
 * nothing in the folder.
 */
public final class PluginCheck {
  private static final String SEE_CONTRACT = "see the reference of the manifest";

  private final ManifestReader reader;
  private final ProtocolChecks protocol;

  /** A check whose last part starts the plugin; {@link ProtocolChecks#none} leaves it out. */
  public PluginCheck(ManifestReader reader, ProtocolChecks protocol) {
    this.reader = Objects.requireNonNull(reader, "reader");
    this.protocol = Objects.requireNonNull(protocol, "protocol");
  }

  /**
   * All that can be said about a folder, errors of its manifest first. A plugin whose folder is
   * wrong is not started.
   */
  public List<Finding> check(Path folder) {
    List<Finding> findings = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      findings.add(
          Finding.error(
              "SOURCE_INVALID",
              folder + (Files.exists(folder) ? " is no folder" : " does not exist"),
              "name the plugin's folder"));
      return findings;
    }
    ManifestReport report = reader.inspect(folder, true);
    for (ManifestProblem problem : report.problems()) {
      String hint = problem.hint();
      findings.add(
          Finding.error(problem.code(), problem.text(), hint == null ? SEE_CONTRACT : hint));
    }
    for (PluginWarning warning : report.warnings()) {
      findings.add(Finding.warning(warning.code(), warning.message(), "mend manifest.json"));
    }
    Manifest manifest = report.manifest();
    if (manifest != null) {
      findings.addAll(new EntryFileCheck(manifest).check());
      findings.addAll(new FilesCheck(manifest.folder()).check());
      for (PluginWarning missing : Dependencies.missing(manifest.folder())) {
        findings.add(
            Finding.warning(
                missing.code(), missing.message(), "let the packages be part of the folder"));
      }
      runCopy(folder, findings);
    }
    return List.copyOf(findings);
  }

  /** Whether nothing has to be mended. */
  public static boolean passed(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.severity() == Finding.Severity.ERROR) {
        return false;
      }
    }
    return true;
  }

  private void runCopy(Path folder, List<Finding> findings) {
    Path place = null;
    try {
      place = Files.createTempDirectory("testmesh-check-");
      Path copy = Files.createDirectory(place.resolve("plugin"));
      PluginSource.of(folder).copy(copy, Limits.USUAL);
      if (passed(findings)) {
        findings.addAll(protocol.check(reader.read(copy)));
      }
    } catch (PluginException refused) {
      findings.add(
          Finding.error(
              refused.code(),
              refused.getMessage(),
              refused.hint().orElse("leave it out of the folder")));
    } catch (IOException failed) {
      findings.add(
          Finding.error(
              "INSTALL_IO",
              "the folder cannot be copied: " + failed.getMessage(),
              "see that its files can be read"));
    } finally {
      if (place != null) {
        Trees.delete(place);
      }
    }
  }
}

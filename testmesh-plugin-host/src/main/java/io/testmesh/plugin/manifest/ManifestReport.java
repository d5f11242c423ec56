package io.testmesh.plugin.manifest;

import io.testmesh.plugin.PluginException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that reading a manifest found.
 *
 * @param folderName the name of the folder it lies in
 * @param declaredId the id as it is written, if it is a valid one; else null
 * @param raw the fields as they are written; empty when the file is no JSON object
 * @param manifest the manifest; null when there are problems
 * @param problems all that is wrong, in the order of the file
 * @param warnings what is odd
 */
public record ManifestReport(
    String folderName,
    @Nullable String declaredId,
    Map<String, @Nullable Object> raw,
    @Nullable Manifest manifest,
    List<ManifestProblem> problems,
    List<PluginWarning> warnings) {
  /** Copies the lists. */
  public ManifestReport {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /** The problems as one exception: code of the only kind there is, or MANIFEST_INVALID. */
  public PluginException toException() {
    Set<String> codes = new LinkedHashSet<>();
    Set<String> hints = new LinkedHashSet<>();
    List<String> texts = new ArrayList<>();
    List<Map<String, @Nullable Object>> details = new ArrayList<>();
    for (ManifestProblem problem : problems) {
      codes.add(problem.code());
      texts.add(problem.text());
      details.add(problem.toMap());
      if (problem.hint() != null) {
        hints.add(problem.hint());
      }
    }
    String name = declaredId == null ? folderName : declaredId;
    PluginException exception =
        new PluginException(
            codes.size() == 1 ? codes.iterator().next() : "MANIFEST_INVALID",
            "plugin \"" + Quoted.inside(name) + "\": " + String.join("; ", texts),
            hints.isEmpty() ? null : String.join("; ", hints));
    exception.detail("folder", folderName).detail("problems", details);
    return declaredId == null ? exception : exception.detail("id", declaredId);
  }
}

package io.testmesh.cli;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.author.Finding;
import io.testmesh.plugin.author.PluginCheck;
import io.testmesh.plugin.author.PluginTemplate;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.ManifestReader;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.registry.RunningStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code plugin check} and {@code plugin new}: for authors of plugins. */
final class PluginAuthoring {
  private PluginAuthoring() {}

  /** Checks a plugin's folder, and starts a copy of it. */
  static int check(Path folder, Arguments arguments, Io io, Printer out) throws UsageException {
    List<UsageException> wrong = new ArrayList<>();
    PluginCheck check =
        new PluginCheck(
            reader(),
            manifest -> {
              try {
                return start(manifest, arguments, io);
              } catch (UsageException e) {
                wrong.add(e);
                return List.of();
              }
            });
    List<Finding> findings = check.check(folder);
    if (!wrong.isEmpty()) {
      throw wrong.get(0);
    }
    StringBuilder text = new StringBuilder();
    int errors = 0;
    for (Finding finding : findings) {
      boolean error = finding.severity() == Finding.Severity.ERROR;
      errors += error ? 1 : 0;
      text.append(error ? "error    " : "warning  ").append(finding.message()).append('\n');
      text.append("         cure: ").append(finding.fix()).append('\n');
    }
    int warnings = findings.size() - errors;
    text.append(folder).append(errors == 0 ? ": good, " : ": not usable, ");
    text.append(errors).append(errors == 1 ? " error, " : " errors, ");
    text.append(warnings).append(warnings == 1 ? " warning\n" : " warnings\n");
    out.raw(text.toString());
    return PluginCheck.passed(findings) ? ExitCode.OK : ExitCode.FAILED;
  }

  /** What shows only when the plugin runs: whether it gets healthy, and what it says of itself. */
  private static List<Finding> start(Manifest copy, Arguments arguments, Io io)
      throws UsageException {
    Path folder = copy.folder().getParent();
    if (folder == null) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    try (Plugins plugins = Plugins.of(folder, arguments, io)) {
      plugins.host().start(copy.id());
      RunningStatus status = plugins.host().status(copy.id());
      add(findings, status.warnings());
      add(findings, status.conflicts());
      plugins.host().stop(copy.id());
    } catch (PluginException e) {
      findings.add(
          Finding.error(
              e.code(),
              String.valueOf(e.getMessage()),
              e.hint().orElse("start it by hand: PLUGIN_PORT=8000, in its folder")));
    }
    return findings;
  }

  private static void add(List<Finding> findings, List<PluginWarning> warnings) {
    for (PluginWarning warning : warnings) {
      findings.add(
          Finding.warning(warning.code(), warning.message(), "mend what /info and /health say"));
    }
  }

  /** Makes the folder of a new plugin in the working folder. */
  static int create(String id, Arguments arguments, Printer out)
      throws UsageException, PluginException {
    String name = arguments.valueOr("--lang", "python");
    PluginTemplate.Language language = PluginTemplate.Language.of(name);
    if (language == null) {
      throw new UsageException("--lang takes python or node, not \"" + name + "\"");
    }
    Path folder = new PluginTemplate(reader()).create(Path.of("").toAbsolutePath(), id, language);
    out.line("made " + folder);
    out.line("next: testmesh plugin check " + id);
    return ExitCode.OK;
  }

  private static ManifestReader reader() {
    return new ManifestReader(
        Plugins::builtInNames, PluginAuthoring.class.getPackage().getImplementationVersion());
  }
}

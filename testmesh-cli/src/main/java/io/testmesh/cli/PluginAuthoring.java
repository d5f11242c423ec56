package io.testmesh.cli;

import io.testmesh.RunnerSettings;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.admin.HostedPlugins;
import io.testmesh.plugin.author.Finding;
import io.testmesh.plugin.author.PluginCheck;
import io.testmesh.plugin.author.PluginTemplate;
import io.testmesh.plugin.author.ProtocolChecks;
import io.testmesh.plugin.manifest.ManifestReader;
import java.nio.file.Path;
import java.util.List;

/** {@code plugin check} and {@code plugin new}: for authors of plugins. */
final class PluginAuthoring {
  private PluginAuthoring() {}

  /** Checks a plugin's folder, and starts a copy of it. */
  static int check(Path folder, Arguments arguments, Io io, Printer out) throws UsageException {
    RunnerSettings.Builder settings = Plugins.settings(arguments, io);
    ProtocolChecks running =
        ProtocolChecks.running(
            place -> HostedPlugins.open(settings.plugins(place).build(), Plugins::builtInNames));
    List<Finding> findings = new PluginCheck(reader(), running).check(folder);
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

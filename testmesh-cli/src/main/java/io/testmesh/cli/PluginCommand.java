package io.testmesh.cli;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.admin.Discovery;
import io.testmesh.plugin.admin.HostedPlugins;
import io.testmesh.plugin.admin.PluginRecord;
import io.testmesh.plugin.json.JsonWriter;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.registry.InstallRequest;
import io.testmesh.plugin.registry.OutputLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code testmesh plugin …}: what is in the plugin folder, and what comes and goes. */
final class PluginCommand {
  private static final String[] COMMANDS = {
    "list", "info", "install", "enable", "disable", "uninstall", "logs", "discover", "check", "new"
  };
  private static final Option FOLDER = Option.once("--plugins", "DIR");
  private static final Option COLOR = Option.once("--color", "WHEN");
  private static final Option JSON = Option.flag("--json", '\0');
  private static final Option GRANT = Option.many("--plugin-env", "ID=NAME");

  private final String command;
  private final Arguments arguments;
  private final Io io;
  private final Printer out;
  private final Printer errors;

  private PluginCommand(String command, Arguments arguments, Io io) throws UsageException {
    this.command = command;
    this.arguments = arguments;
    this.io = io;
    this.out = io.outPrinter(arguments);
    this.errors = io.errPrinter(arguments);
  }

  static int run(String[] args, Io io) throws UsageException {
    String command = args.length < 2 ? "" : args[1];
    if (command.equals("-h") || command.equals("--help") || command.equals("help")) {
      new Printer(io.out(), false, false).raw(AdminHelp.PLUGIN);
      return ExitCode.OK;
    }
    Option[] options = options(command);
    Arguments arguments = Arguments.parse(Arrays.copyOfRange(args, 1, args.length), options);
    if (arguments.has("--help")) {
      io.outPrinter(arguments).raw(AdminHelp.ofPlugin(command));
      return ExitCode.OK;
    }
    PluginCommand parsed = new PluginCommand(command, arguments, io);
    try {
      return parsed.run();
    } catch (PluginException e) {
      parsed.fail(e);
      return ExitCode.FAILED;
    }
  }

  private static Option[] options(String command) throws UsageException {
    return switch (command) {
      case "list", "info" -> new Option[] {JSON, FOLDER, COLOR};
      case "install" ->
          new Option[] {
            Option.flag("--force", '\0'),
            Option.flag("--upgrade", '\0'),
            Option.once("--sha256", "HASH"),
            FOLDER,
            COLOR
          };
      case "enable", "check" -> new Option[] {GRANT, FOLDER, COLOR};
      case "disable", "uninstall", "logs", "discover" -> new Option[] {FOLDER, COLOR};
      case "new" -> new Option[] {Option.once("--lang", "LANGUAGE"), FOLDER, COLOR};
      case "" -> throw new UsageException("plugin wants one of " + String.join(", ", COMMANDS));
      default ->
          throw new UsageException(
              "unknown command \"plugin " + command + "\"" + Spelling.hint(command, COMMANDS));
    };
  }

  private int run() throws UsageException, PluginException {
    String operand = operand();
    switch (command) {
      case "check":
        return PluginAuthoring.check(Path.of(operand), arguments, io, out);
      case "new":
        return PluginAuthoring.create(operand, arguments, out);
      default:
        break;
    }
    try (HostedPlugins plugins = Plugins.open(arguments, io)) {
      switch (command) {
        case "list" -> list(plugins);
        case "info" -> info(plugins.registry().get(operand));
        case "install" -> install(plugins, operand);
        case "enable" -> {
          return enable(plugins, operand);
        }
        case "disable" -> {
          PluginRecord plugin = plugins.registry().disable(operand);
          out.line("disabled " + plugin.id() + "; flows that use it are not valid now");
        }
        case "uninstall" -> uninstall(plugins, operand);
        case "logs" -> logs(plugins, operand);
        default -> discover(plugins);
      }
    }
    return ExitCode.OK;
  }

  private String operand() throws UsageException {
    boolean wanted = !command.equals("list") && !command.equals("discover");
    List<String> operands = arguments.operands();
    int most = wanted ? 1 : 0;
    if (operands.size() > most) {
      throw new UsageException("plugin " + command + " takes no \"" + operands.get(most) + "\"");
    }
    if (wanted && operands.isEmpty()) {
      String what =
          switch (command) {
            case "install" -> "SOURCE";
            case "check" -> "DIR";
            case "new" -> "NAME";
            default -> "ID";
          };
      throw new UsageException("plugin " + command + " wants " + what);
    }
    return wanted ? operands.get(0) : "";
  }

  private void list(HostedPlugins plugins) {
    List<PluginRecord> records = plugins.registry().list(null, null);
    if (arguments.has("--json")) {
      List<Map<String, @Nullable Object>> list = new ArrayList<>();
      records.forEach(record -> list.add(record.toMap()));
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      all.put("plugins", list);
      all.put("total", records.size());
      out.raw(JsonWriter.pretty(all));
    } else {
      out.raw(PluginText.list(records, plugins.registry().folder().path()));
    }
    warn(plugins.registry().warnings());
  }

  private void info(PluginRecord plugin) {
    out.raw(arguments.has("--json") ? JsonWriter.pretty(plugin.toMap()) : PluginText.info(plugin));
  }

  private void install(HostedPlugins plugins, String source) throws PluginException {
    InstallRequest request =
        new InstallRequest(
            source,
            Path.of("").toAbsolutePath(),
            arguments.has("--force"),
            arguments.has("--upgrade"),
            arguments.value("--sha256"));
    PluginRecord plugin = plugins.registry().install(request);
    out.line("installed " + PluginText.name(plugin) + " in " + plugin.path());
    warn(plugin.warnings());
    warn(plugin.conflicts());
  }

  /** Starts the plugin once, so that what it offers is known, and stops it again. */
  private int enable(HostedPlugins plugins, String id) throws PluginException {
    PluginRecord plugin = plugins.registry().enable(id);
    warn(plugin.warnings());
    warn(plugin.conflicts());
    if (plugin.error() != null) {
      errors.line("testmesh: " + plugin.error());
      if (plugin.hint() != null) {
        errors.line(plugin.hint());
      }
      errors.line(plugin.id() + " is enabled, but did not start");
      return ExitCode.FAILED;
    }
    out.line("enabled " + PluginText.name(plugin) + PluginText.offers(plugin));
    return ExitCode.OK;
  }

  private void uninstall(HostedPlugins plugins, String id) throws PluginException {
    for (Path left : plugins.registry().uninstall(id)) {
      errors.line("warning: " + left + " could not be deleted yet; it is tried again later");
    }
    out.line("removed " + id);
  }

  private void logs(HostedPlugins plugins, String id) throws PluginException {
    List<OutputLine> lines = plugins.registry().logs(id);
    StringBuilder text = new StringBuilder();
    for (OutputLine line : lines) {
      text.append(line.time()).append("  ").append(line.stream());
      text.append("  ".substring(Math.min(1, Math.max(0, line.stream().length() - 5))));
      text.append(line.text()).append('\n');
    }
    out.raw(text.toString());
    if (lines.isEmpty()) {
      errors.line("nothing is kept of " + id + ": it was not started yet, or printed nothing");
    }
  }

  private void discover(HostedPlugins plugins) throws PluginException {
    Discovery found = plugins.registry().discover(false);
    int count = found.plugins().size();
    StringBuilder text = new StringBuilder();
    text.append(count).append(count == 1 ? " plugin, " : " plugins, ");
    text.append(found.found().size()).append(" new");
    if (!found.found().isEmpty()) {
      text.append(": ").append(String.join(", ", new TreeSet<>(found.found())));
    }
    out.line(text.toString());
  }

  private void warn(List<PluginWarning> warnings) {
    for (PluginWarning warning : warnings) {
      errors.line("warning: " + warning.message());
    }
  }

  private void fail(PluginException e) {
    errors.line("testmesh: " + e.getMessage());
    String hint = e.hint().orElse(null);
    if (hint != null) {
      errors.line(hint);
    }
  }
}

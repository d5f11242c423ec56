package io.testmesh.cli;

import io.testmesh.FlowRunner;
import io.testmesh.FlowTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** {@code testmesh schema}: the JSON Schema of the flow language. */
final class SchemaCommand {
  static final Option[] OPTIONS = {
    new Option("--output", 'o', "FILE", false), Option.once("--plugins", "DIR"),
  };

  private SchemaCommand() {}

  static int run(String[] args, Io io) throws UsageException {
    Arguments arguments = Arguments.parse(args, OPTIONS);
    Printer out = io.outPrinter(arguments);
    if (arguments.has("--help")) {
      out.raw(Help.of("schema"));
      return ExitCode.OK;
    }
    if (!arguments.operands().isEmpty()) {
      throw new UsageException(
          "schema takes no \"" + arguments.operands().get(0) + "\"; -o FILE names the file");
    }
    try (FlowRunner runner = Runners.withPlugins(arguments, io)) {
      FlowTools tools = runner.tools();
      String schema = new IndentedJson(tools.json()).render(tools.schema());
      String file = arguments.value("--output");
      if (file == null) {
        out.raw(schema);
        return ExitCode.OK;
      }
      return write(schema, file, io.errPrinter(arguments));
    }
  }

  private static int write(String schema, String file, Printer errors) {
    try {
      Path path = Path.of(file);
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(path, schema);
      return ExitCode.OK;
    } catch (IOException | InvalidPathException e) {
      errors.line("testmesh: cannot write " + file + ": " + e.getMessage());
      return ExitCode.ERROR;
    }
  }
}

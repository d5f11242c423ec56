package io.testmesh.cli;

/** Starts the command line. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    int code = run(args, Io.ofProcess());
    System.out.flush();
    System.err.flush();
    // Everything is closed and written. System.exit would first load a logger (JDK 21 and newer).
    Runtime.getRuntime().halt(code);
  }

  /** Runs a command; gives its exit code. */
  static int run(String[] args, Io io) {
    Printer errors = new Printer(io.err(), false, false);
    String command = args.length == 0 ? "" : args[0];
    try {
      return switch (command) {
        case "run" -> RunCommand.run(args, io);
        case "validate" -> ValidateCommand.run(args, io);
        case "list" -> ListCommand.run(args, io);
        case "actions" -> ActionsCommand.run(args, io);
        case "schema" -> SchemaCommand.run(args, io);
        case "eval" -> EvalCommand.run(args, io);
        case "plugin" -> PluginCommand.run(args, io);
        case "serve" -> ServeCommand.run(args, io);
        case "-h", "--help", "help" -> help(args.length > 1 ? args[1] : "", io);
        case "-V", "--version" -> version(io);
        case "" -> {
          errors.raw(Help.of(""));
          yield ExitCode.WRONG_USE;
        }
        default ->
            throw new UsageException(
                (command.startsWith("-") ? "unknown option \"" : "unknown command \"")
                    + command
                    + "\""
                    + Spelling.hint(command, Help.COMMANDS));
      };
    } catch (UsageException e) {
      errors.line("testmesh: " + e.getMessage());
      errors.line("try: testmesh " + (Help.isCommand(command) ? command + " " : "") + "-h");
      return ExitCode.WRONG_USE;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return internalError(e, io, errors);
    }
  }

  private static int help(String command, Io io) throws UsageException {
    if (!command.isEmpty() && !Help.isCommand(command)) {
      throw new UsageException(
          "unknown command \"" + command + "\"" + Spelling.hint(command, Help.COMMANDS));
    }
    new Printer(io.out(), false, false).raw(Help.of(command));
    return ExitCode.OK;
  }

  private static int version(Io io) {
    String version = Main.class.getPackage().getImplementationVersion();
    new Printer(io.out(), false, false)
        .line("testmesh " + (version == null ? "(not packaged)" : version));
    return ExitCode.OK;
  }

  private static int internalError(Throwable e, Io io, Printer errors) {
    String message = e.getMessage();
    errors.line("testmesh: internal error: " + (message == null ? e.toString() : message));
    if (io.environment().containsKey("TESTMESH_DEBUG")) {
      for (StackTraceElement element : e.getStackTrace()) {
        errors.line("  at " + element);
      }
    } else {
      errors.line("with TESTMESH_DEBUG=1 in the environment, where it happened is shown too");
    }
    return ExitCode.ERROR;
  }
}

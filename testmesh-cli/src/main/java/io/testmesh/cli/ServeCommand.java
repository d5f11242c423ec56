package io.testmesh.cli;

import io.testmesh.server.AccessToken;
import io.testmesh.server.ServerException;
import io.testmesh.server.TestMeshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@code testmesh serve}: REST until a signal ends it. */
final class ServeCommand {
  static final Option[] OPTIONS = {
    Option.once("--port", "N"),
    Option.once("--host", "HOST"),
    Option.once("--flows", "DIR"),
    Option.once("--plugins", "DIR"),
    Option.many("--plugin-env", "ID=NAME"),
    Option.flag("--require-token", '\0'),
    Option.once("--token-file", "FILE"),
    Option.once("--color", "WHEN"),
  };

  private static final int LARGEST_PORT = 65535;

  private ServeCommand() {}

  static int run(String[] args, Io io) throws UsageException {
    Arguments arguments = Arguments.parse(args, OPTIONS);
    Printer out = io.outPrinter(arguments);
    if (arguments.has("--help")) {
      out.raw(AdminHelp.SERVE);
      return ExitCode.OK;
    }
    if (!arguments.operands().isEmpty()) {
      throw new UsageException("serve takes no \"" + arguments.operands().get(0) + "\"");
    }
    Printer errors = io.errPrinter(arguments);
    CountDownLatch ended = new CountDownLatch(1);
    Signals.onInterrupt(onSignal(ended, errors));
    TestMeshServer.Builder settings = settings(arguments, io);
    String told = token(arguments, io, settings);
    try (TestMeshServer server = settings.start()) {
      out.line("testmesh serves " + server.address() + "  (Ctrl-C ends it)");
      if (!told.isEmpty()) {
        out.line(told);
      }
      ended.await();
    } catch (ServerException e) {
      errors.line("testmesh: " + e.getMessage());
      String hint = e.hint().orElse(null);
      if (hint != null) {
        errors.line(hint);
      }
      return ExitCode.ERROR;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.INTERRUPTED;
  }

  /** The first signal ends in order, the second at once. */
  private static Runnable onSignal(CountDownLatch ended, Printer errors) {
    AtomicInteger signals = new AtomicInteger();
    return () -> {
      if (signals.incrementAndGet() > 1) {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
      }
      errors.line("\nending: runs are cancelled and plugins stopped; a second signal ends at once");
      ended.countDown();
    };
  }

  private static TestMeshServer.Builder settings(Arguments arguments, Io io) throws UsageException {
    TestMeshServer.Builder settings = TestMeshServer.builder().environment(io.environment());
    String port = arguments.value("--port");
    if (port != null) {
      int number = Amounts.count("--port", port, 0);
      if (number > LARGEST_PORT) {
        throw new UsageException("--port goes to " + LARGEST_PORT + ", not " + number);
      }
      settings.port(number);
    }
    String host = arguments.value("--host");
    if (host != null) {
      settings.host(host);
    }
    Path plugins = Runners.pluginFolder(arguments, io);
    if (plugins != null) {
      settings.plugins(plugins);
    }
    String flows = arguments.value("--flows");
    if (flows != null) {
      settings.flows(folder("--flows", flows));
    }
    for (Arguments.Given option : arguments.given()) {
      if (option.name().equals("--plugin-env")) {
        Runners.Grant grant = Runners.grant(option.value());
        settings.pluginEnvironment(grant.plugin(), grant.variable());
      }
    }
    return settings;
  }

  private static Path folder(String option, String name) throws UsageException {
    Path folder = path(option, name);
    if (!Files.isDirectory(folder)) {
      throw new UsageException(option + " names a folder that is not there: " + name);
    }
    return folder;
  }

  private static Path path(String option, String name) throws UsageException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UsageException(option + " is no path: " + e.getMessage());
    }
  }

  /** Sets the token where one is wanted; gives what people are told about it. */
  private static String token(Arguments arguments, Io io, TestMeshServer.Builder settings)
      throws UsageException {
    String named = arguments.value("--token-file");
    if (named == null && !arguments.has("--require-token")) {
      return "";
    }
    Path file =
        named == null
            ? besideState(Runners.pluginFolder(arguments, io))
            : path("--token-file", named);
    try {
      AccessToken token = AccessToken.of(file);
      settings.token(token.text());
      return token.made()
          ? "token (shown this once, kept in " + file + "): " + token.text()
          : "every request needs the token in " + file;
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static Path besideState(@Nullable Path plugins) {
    return (plugins == null ? Path.of("plugins") : plugins).resolve(".testmesh").resolve("token");
  }
}

package io.testmesh.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a command in this JVM; holds what it wrote. */
record CommandLine(int code, String out, String err) {

  static CommandLine run(String... args) {
    return run("", "", args);
  }

  /** With variables of the process. */
  static CommandLine run(Map<String, String> environment, String... args) {
    return run("", "", environment, args);
  }

  /** With standard input, and with the file descriptors that are terminals. */
  static CommandLine run(String input, String terminals, String[] args) {
    return run(input, terminals, Map.of(), args);
  }

  /** Runs a command in a process of its own, with both outputs in one; the caller ends it. */
  static Process start(Path folder, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.testmesh.cli.Main"));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static CommandLine run(
      String input, String terminals, Map<String, String> environment, String[] args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    int code = Main.run(args, new Io(in, out, err, terminals, environment));
    return new CommandLine(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}

package io.testmesh.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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

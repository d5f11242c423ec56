package org.example.modules;

import io.testmesh.FlowRunner;
import java.nio.file.Path;

/** Runs a folder; ends with an exception when a flow fails. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    if (!FlowRunner.class.getModule().isNamed()) {
      throw new IllegalStateException("this is no module path");
    }
    try (FlowRunner runner = FlowRunner.builder().build()) {
      runner.run(Path.of(args[0])).orThrow();
    }
    System.out.println("all passed");
  }
}

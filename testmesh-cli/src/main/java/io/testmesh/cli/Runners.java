package io.testmesh.cli;

import io.testmesh.FlowRunner;

/** Makes the runner of a command. */
final class Runners {
  private Runners() {}

  /**
   * Makes a runner that the caller closes.
   *
   * @throws UsageException when {@code --max-file-size} is no size
   */
  static FlowRunner make(Arguments arguments, Io io) throws UsageException {
    FlowRunner.Builder runner =
        FlowRunner.builder().standardInput(io.in()).environment(io.environment());
    String size = arguments.value("--max-file-size");
    if (size != null) {
      runner.maxFileSize(Amounts.size("--max-file-size", size));
    }
    return runner.build();
  }
}

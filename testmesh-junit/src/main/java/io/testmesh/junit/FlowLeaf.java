package io.testmesh.junit;

import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.result.RunResult;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** One test: a flow, one of its data rows, or what was wrong before. Run by one thread. */
final class FlowLeaf implements Executable {
  private final String name;
  private final @Nullable URI place;
  private final FlowSet flows;
  private final RunOptions options;
  private @Nullable Runners runners;

  /**
   * A test of a flow.
   *
   * @param place where an IDE jumps to; null where there is no file
   * @param flows the one flow, with what was wrong when it was read
   * @param runners runs it; null when {@link #runWith} will say
   */
  FlowLeaf(
      String name,
      @Nullable URI place,
      FlowSet flows,
      RunOptions options,
      @Nullable Runners runners) {
    this.name = name;
    this.place = place;
    this.flows = flows;
    this.options = options;
    this.runners = runners;
  }

  String name() {
    return name;
  }

  @Nullable URI place() {
    return place;
  }

  /** Says which runner runs it. */
  void runWith(Runners given) {
    runners = given;
  }

  /** Whether it has still to be said which runner runs it. */
  boolean wantsRunner() {
    return runners == null;
  }

  @Override
  public void execute() {
    Failures.throwUnlessPassed(run());
  }

  /** Runs it. */
  RunResult run() {
    if (runners == null) {
      throw new IllegalStateException(
          "the runner of these flows is not registered: its field wants @RegisterExtension and"
              + " static");
    }
    return runners.run(flows, options);
  }
}

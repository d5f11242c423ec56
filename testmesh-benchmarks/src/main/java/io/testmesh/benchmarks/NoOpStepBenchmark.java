package io.testmesh.benchmarks;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.flow.DataSource;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import io.testmesh.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A step that does nothing against a loop written by hand, whose templates are split beforehand. A
 * run checks its flow first, which parses the templates: {@code steps} runs a flow over rows, which
 * is checked once for all of them, and {@code stepsOnce} a flow that runs once.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class NoOpStepBenchmark {
  private static final int STEPS = 1000;
  private static final int ROWS = 20;
  private static final String FIRST = "order ${number} of ${customer}";
  private static final String SECOND = "${base_url}/orders/${number}?page=${page}";

  private static final Map<String, Object> VARIABLES =
      Map.of("number", 4711L, "customer", "Ann", "base_url", "http://localhost:80", "page", 2L);

  /** The engine's side. */
  @State(Scope.Benchmark)
  public static class Engine {
    private final RunOptions options = Runs.options(1);
    private final FlowSet once = FlowSet.of(flow());
    private final FlowSet rows = FlowSet.of(flow().withDataSource(rows()));
    private final FlowRunner runner = FlowRunner.builder().action(new NoOpAction()).build();

    /** Closes the runner. */
    @TearDown
    public void close() {
      runner.close();
    }
  }

  /** The loop's side. */
  @State(Scope.Benchmark)
  public static class Loop {
    private final HandLoop loop = new HandLoop(FIRST, SECOND);
  }

  /** Steps of a flow that runs over rows. */
  @Benchmark
  @OperationsPerInvocation(STEPS * ROWS)
  public RunResult steps(Engine engine) {
    return Runs.run(engine.runner, engine.rows, engine.options);
  }

  /** Steps of a flow that runs once. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public RunResult stepsOnce(Engine engine) {
    return Runs.run(engine.runner, engine.once, engine.options);
  }

  /** What checking takes of {@link #stepsOnce}. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public List<?> check(Engine engine) {
    return engine.runner.tools().check(engine.once, Map.of());
  }

  /** Rounds of the loop. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public List<?> handLoop(Loop loop) {
    return loop.loop.run(STEPS, VARIABLES);
  }

  private static DataSource rows() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (long row = 0; row < ROWS; row++) {
      rows.add(Map.of("row", row));
    }
    return DataSource.inline(rows);
  }

  private static Flow flow() {
    Flow.Builder flow = Flow.builder("no-op steps");
    VARIABLES.forEach(flow::env);
    for (int i = 0; i < STEPS; i++) {
      flow.step(Step.of(NoOpAction.ID).config("first", FIRST).config("second", SECOND));
    }
    return flow.build();
  }
}

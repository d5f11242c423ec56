package io.testmesh.benchmarks;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import io.testmesh.result.RunResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
 * What one more step costs in a long run: a request with a JSON body, one output, two assertions;
 * the request's way to a server on the same machine included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class LongRunBenchmark {
  private static final int STEPS = 2000;

  private final RunOptions options = Runs.options(1);
  private final FlowSet flows = FlowSet.of(flow());
  private final FixedServer server = new FixedServer();
  private final FlowRunner runner = FlowRunner.builder().variable("base_url", server.url()).build();

  /** Closes the runner, then the server. */
  @TearDown
  public void close() {
    runner.close();
    server.close();
  }

  /** Steps of one flow. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public RunResult steps() {
    return Runs.run(runner, flows, options);
  }

  private static Flow flow() {
    Flow.Builder flow = Flow.builder("long");
    for (int i = 0; i < STEPS; i++) {
      flow.step(
          Step.of("http_request")
              .config("method", "POST")
              .config("url", "${base_url}/orders")
              .config("body", Map.of("item", "pen", "count", 3L, "tags", List.of("a", "b")))
              .output("order_id_" + i, "body.id")
              .expect("status == 200")
              .expect("body.status == \"open\""));
    }
    return flow.build();
  }
}

package io.testmesh.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class BenchmarksTest {
  /** Once each and in this JVM: the figures mean nothing, but none can rot. */
  @Test
  void every_benchmark_runs() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(BenchmarksTest.class.getPackageName())
                    .mode(Mode.SingleShotTime)
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .timeout(new TimeValue(60, TimeUnit.SECONDS))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    assertThat(results)
        .extracting(
            result -> result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.)", "$1"))
        .containsExactlyInAnyOrder(
            "ExpressionBenchmark.evaluate",
            "ExpressionBenchmark.parse",
            "HttpStepBenchmark.okHttpLoop",
            "HttpStepBenchmark.okHttpLoop",
            "HttpStepBenchmark.steps",
            "HttpStepBenchmark.steps",
            "LongRunBenchmark.steps",
            "NoOpStepBenchmark.check",
            "NoOpStepBenchmark.handLoop",
            "NoOpStepBenchmark.steps",
            "NoOpStepBenchmark.stepsOnce");
  }

  @Test
  void the_hand_loop_renders_both_templates() {
    HandLoop loop = new HandLoop("${a} of ${b}", "plain");

    assertThat(loop.run(2, Map.of("a", 1L, "b", "Ann")))
        .hasSize(2)
        .allSatisfy(
            done -> {
              assertThat(done.config()).hasToString("{first=1 of Ann, second=plain}");
              assertThat(done.ended()).isAfterOrEqualTo(done.started());
            });
  }
}

package org.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.Selection;
import io.testmesh.event.RunEvent;
import io.testmesh.event.RunListener;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbedTest {
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private Shop shop;

  @BeforeEach
  void start() {
    shop = Shop.start();
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private void print(String line) {
    lines.add(line);
  }

  // docs: run
  void runFolder(Path folder, String url) {
    try (FlowRunner runner = FlowRunner.builder().variable("base_url", url).build()) {
      RunResult result = runner.run(folder);
      result.flows().forEach(flow -> print(flow.name() + " " + flow.status().key()));
      result.orThrow();
    }
  }

  // docs: end

  @Test
  void a_folder_runs() {
    runFolder(Path.of("src/test/flows"), shop.url());

    assertEquals(List.of("shop is up passed", "refund an order passed"), lines);
  }

  @Test
  void what_failed_is_thrown() {
    AssertionError error =
        assertThrows(
            AssertionError.class, () -> runFolder(Path.of("src/test/flows"), "http://127.0.0.1:1"));
    assertTrue(error.getMessage().contains("health.yaml"), error.getMessage());
  }

  // docs: select
  RunResult runSmoke(FlowRunner runner) {
    FlowSet flows =
        runner.tools().select(Selection.of(List.of("src/test/flows")).tags("smoke").build());
    List<Problem> problems = runner.tools().check(flows, Map.of());
    problems.forEach(problem -> print(Diagnosis.of(problem)));

    RunOptions options =
        RunOptions.builder().parallel(4).timeout(Duration.ofMinutes(5)).failFast(true).build();
    return runner.run(flows, options);
  }

  // docs: end

  @Test
  void a_selection_runs() {
    try (FlowRunner runner = FlowRunner.builder().variable("base_url", shop.url()).build()) {
      assertEquals(RunStatus.PASSED, runSmoke(runner).status());
    }
    assertEquals(List.of(), lines);
  }

  // docs: listener
  final class Progress implements RunListener {
    @Override
    public void on(RunEvent event) {
      if (event instanceof RunEvent.StepFinished finished) {
        print(finished.step().id() + " " + finished.step().status().key());
      } else if (event instanceof RunEvent.FlowFinished finished) {
        print(finished.flow().name() + " took " + finished.flow().duration().toMillis() + " ms");
      }
    }
  }

  // docs: end

  // docs: java
  Flow ping(String url) {
    return Flow.builder("ping")
        .step(
            Step.of("http_request")
                .id("ping")
                .config("url", url + "/health")
                .expect("status == 200"))
        .build();
  }

  // docs: end

  @Test
  void a_flow_made_in_java_runs_and_is_watched() {
    try (FlowRunner runner = FlowRunner.builder().listener(new Progress()).build()) {
      runner.run(ping(shop.url())).orThrow();
    }

    assertEquals("ping passed", lines.get(0));
    assertTrue(lines.get(1).startsWith("ping took "));
  }

  // docs: cancel
  RunResult runUntil(FlowRunner runner, Flow flow, CountDownLatch stop)
      throws InterruptedException {
    RunHandle handle = runner.start(FlowSet.of(flow));
    stop.await();
    handle.cancel();
    return handle.result().join();
  }

  // docs: end

  @Test
  void a_run_is_cancelled() throws InterruptedException {
    Flow flow =
        Flow.builder("wait").step(Step.of("delay").id("wait").config("duration", "5m")).build();
    CountDownLatch started = new CountDownLatch(1);
    RunListener listener =
        event -> {
          if (event instanceof RunEvent.StepStarted) {
            started.countDown();
          }
        };
    try (FlowRunner runner = FlowRunner.builder().listener(listener).build()) {
      assertEquals(RunStatus.CANCELLED, runUntil(runner, flow, started).status());
    }
  }
}

package io.testmesh.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Twenty runners in one JVM, each stopped in another way: nothing is left of any of them. */
@Timeout(180)
class ManyRunnersTest {
  private static final int RUNNERS = 20;
  private static final int FLOWS = 50;
  private static final long SEED = 20_261_126;

  /** Daemons of the HTTP client that the JVM shares; they end by themselves within a minute. */
  private static final String SHARED =
      "OkHttp (TaskRunner|ConnectionPool connection closer)|Okio Watchdog";

  private static final String FLOW =
      """
      flow:
        name: ${n}
        data_source: {type: inline, rows: [%s]}
        setup:
          - id: shop
            action: mock_server_start
            config:
              endpoints:
                - {path: /orders, response: {status: 200, body: {state: paid, n: "${n}"}}}
        steps:
          - action: parallel
            config:
              steps:
                - id: read
                  action: http_request
                  config: {url: "${shop.base_url}/orders"}
                  assert: [body.state == "paid", body.n == n]
                - {id: rest, action: delay, config: {duration: 5ms}}
          - action: wait_until
            config:
              condition: ready.body.n == n
              interval: 5ms
              max_duration: 20s
              steps: [{id: ready, action: http_request, config: {url: "${shop.base_url}/orders"}}]
          - {id: greet, when: plugin, action: my-plugin.hello, config: {name: "${n}"}}
          - {id: slow, action: delay, config: {duration: "${pause}"}}
        teardown:
          - {id: tidy, action: http_request, config: {url: "${shop.base_url}/orders"}}
      """;

  /** How a run is ended. */
  private enum End {
    BY_ITSELF,
    CANCELLED,
    ABORTED,
    INTERRUPTED,
    CLOSED
  }

  @TempDir Path folder;

  @Test
  void nothing_is_left_of_runs_that_are_cancelled_interrupted_and_closed() throws Exception {
    Path plugins = plugins();
    // The first run of all loads what the JVM keeps.
    one(plugins, 0, new Random(SEED), End.BY_ITSELF);
    Set<String> threads = threads();
    int sockets = sockets();
    Set<String> files = temporaryFiles();

    Map<End, AtomicInteger> finished = new EnumMap<>(End.class);
    for (End end : End.values()) {
      finished.put(end, new AtomicInteger());
    }
    ExecutorService pool = Executors.newFixedThreadPool(RUNNERS);
    try {
      List<Callable<Void>> runs = new ArrayList<>();
      for (int i = 0; i < RUNNERS; i++) {
        int number = i + 1;
        End end = End.values()[i % End.values().length];
        runs.add(
            () -> {
              int passed = one(plugins, number, new Random(SEED + number), end);
              finished.get(end).addAndGet(passed);
              return null;
            });
      }
      for (Future<Void> run : pool.invokeAll(runs)) {
        run.get();
      }
    } finally {
      pool.shutdown();
      assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    // Those that nobody stopped ran to their end.
    assertThat(finished.get(End.BY_ITSELF)).hasValue(RUNNERS / End.values().length * FLOWS);
    assertEventually(() -> threads().stream().filter(name -> !threads.contains(name)).toList());
    assertEventually(() -> ProcessHandle.current().descendants().toList());
    assertEventually(() -> sockets() <= sockets ? List.of() : List.of(sockets() + " sockets"));
    Set<String> left = temporaryFiles();
    left.removeAll(files);
    assertThat(left).isEmpty();
  }

  /** Runs a file of many flows and ends it; gives how many passed. */
  private int one(Path plugins, int number, Random random, End end) throws Exception {
    boolean withPlugin = number % 4 == 1;
    String rows =
        Stream.iterate(0, n -> n < FLOWS, n -> n + 1)
            .map(n -> "{n: r" + number + "-" + n + "}")
            .collect(Collectors.joining(", "));
    Path file = Files.writeString(folder.resolve("r" + number + ".yaml"), FLOW.formatted(rows));
    RunOptions options =
        RunOptions.builder()
            .parallel(5)
            .variable("plugin", withPlugin)
            .variable("pause", end == End.BY_ITSELF ? "1ms" : "40ms")
            .build();
    long wait = 50 + random.nextInt(400);
    try (FlowRunner runner = FlowRunner.builder().plugins(plugins).build()) {
      FlowSet flows = runner.load(file);
      return switch (end) {
        case INTERRUPTED -> interrupted(runner, flows, options, wait);
        default -> ended(runner, runner.start(flows, options), end, wait);
      };
    }
  }

  private static int ended(FlowRunner runner, RunHandle run, End end, long wait) throws Exception {
    if (end != End.BY_ITSELF) {
      try {
        run.result().get(wait, TimeUnit.MILLISECONDS);
      } catch (java.util.concurrent.TimeoutException e) {
        switch (end) {
          case CANCELLED -> run.cancel();
          case ABORTED -> run.abort();
          default -> runner.close();
        }
      }
    }
    return passed(run.result().get(60, TimeUnit.SECONDS));
  }

  private static int interrupted(FlowRunner runner, FlowSet flows, RunOptions options, long wait)
      throws Exception {
    AtomicInteger passed = new AtomicInteger();
    Thread caller = new Thread(() -> passed.set(passed(runner.run(flows, options))));
    caller.start();
    caller.join(wait);
    caller.interrupt();
    caller.join(60_000);
    assertThat(caller.isAlive()).isFalse();
    return passed.get();
  }

  private static int passed(RunResult result) {
    assertThat(result.problems()).isEmpty();
    assertThat(result.flows()).extracting(FlowResult::status).doesNotContain(Status.ERROR);
    return (int) result.flows().stream().filter(flow -> flow.status() == Status.PASSED).count();
  }

  private Path plugins() throws IOException {
    Path source = Path.of("../testmesh-plugin-host/src/test/resources/plugins/my-plugin");
    Path target = Files.createDirectories(folder.resolve("plugins/my-plugin"));
    try (Stream<Path> all = Files.list(source)) {
      for (Path file : all.toList()) {
        Files.copy(file, target.resolve(file.getFileName().toString()));
      }
    }
    return target.getParent();
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.matches(SHARED))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static int sockets() {
    int sockets = 0;
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open.toList()) {
        try {
          sockets += Files.readSymbolicLink(descriptor).toString().startsWith("socket:") ? 1 : 0;
        } catch (IOException gone) {
          // The one that lists the folder.
        }
      }
    } catch (IOException noSuchFolder) {
      return 0;
    }
    return sockets;
  }

  private static Set<String> temporaryFiles() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("testmesh"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Waits until nothing is left; what ends asynchronously has some seconds for it. */
  private static void assertEventually(Supplier<List<?>> left) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!left.get().isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(left.get().toString()).isEqualTo("[]");
  }
}

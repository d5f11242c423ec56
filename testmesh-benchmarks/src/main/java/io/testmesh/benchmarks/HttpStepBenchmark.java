package io.testmesh.benchmarks;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import io.testmesh.result.RunResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Requests a second: HTTP steps of flows that run at once against a bare OkHttp loop. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class HttpStepBenchmark {
  private static final int REQUESTS = 1600;
  private static final String PATH = "/items/17";

  /** The server, and how hard it is used. */
  @State(Scope.Benchmark)
  public static class Setting {
    /** How many connections are used at once. */
    @Param({"1", "8"})
    public int connections;

    private final FixedServer server = new FixedServer();

    /** Ends the server. */
    @TearDown
    public void close() {
      server.close();
    }
  }

  /** The engine's side. */
  @State(Scope.Benchmark)
  public static class Engine {
    private final FlowRunner runner = FlowRunner.builder().build();
    private FlowSet flows = FlowSet.of();

    /** Makes the flows: as many as connections, each with its share of the requests. */
    @Setup
    public void prepare(Setting setting) {
      flows = flows(setting.connections, setting.server.url() + PATH);
    }

    /** Closes the runner. */
    @TearDown
    public void close() {
      runner.close();
    }
  }

  /** The loop's side. */
  @State(Scope.Benchmark)
  public static class Client {
    private final OkHttpClient client = new OkHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Ends threads and connections. */
    @TearDown
    public void close() {
      threads.shutdown();
      client.connectionPool().evictAll();
    }
  }

  /** As many flows at once as connections. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public RunResult steps(Setting setting, Engine engine) {
    return Runs.run(engine.runner, engine.flows, Runs.options(setting.connections));
  }

  /** As many threads as connections. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int okHttpLoop(Setting setting, Client client)
      throws InterruptedException, ExecutionException {
    Request request = new Request.Builder().url(setting.server.url() + PATH).build();
    int share = REQUESTS / setting.connections;
    List<Callable<Integer>> loops = new ArrayList<>();
    for (int i = 0; i < setting.connections; i++) {
      loops.add(() -> call(client.client, request, share));
    }
    int bytes = 0;
    for (Future<Integer> loop : client.threads.invokeAll(loops)) {
      bytes += loop.get();
    }
    return bytes;
  }

  private static int call(OkHttpClient client, Request request, int times) throws IOException {
    int bytes = 0;
    for (int i = 0; i < times; i++) {
      try (Response response = client.newCall(request).execute()) {
        if (response.code() != 200) {
          throw new IllegalStateException("status " + response.code());
        }
        bytes += response.body().bytes().length;
      }
    }
    return bytes;
  }

  private static FlowSet flows(int connections, String url) {
    Flow[] flows = new Flow[connections];
    for (int i = 0; i < connections; i++) {
      Flow.Builder flow = Flow.builder("flow " + i);
      for (int step = 0; step < REQUESTS / connections; step++) {
        flow.step(Step.of("http_request").config("url", url).expect("status == 200"));
      }
      flows[i] = flow.build();
    }
    return FlowSet.of(flows);
  }
}

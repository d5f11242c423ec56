package io.testmesh.plugin;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Measures what the host adds to calls of the samples, held against a raw socket client that sends
 * the same and does nothing with the answer; counts failures in many calls; and how long many
 * plugins take to start side by side. Run by testmesh-benchmarks/plugins.sh.
 */
public final class PluginBenchmark {
  private static final int CALLS = 3_000;
  private static final int PLUGINS = 10;

  private PluginBenchmark() {}

  /** Prints the figures; the argument is how many calls are made to each sample. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("plugin-benchmark");
    try (Lab lab = new Lab(folder).sample("my-js-plugin").sample("my-plugin")) {
      compare(lab, "my-js-plugin", "my-js-plugin.transform", "input");
      compare(lab, "my-plugin", "my-plugin.hello", "name");
      int many = Integer.parseInt(args[0]);
      count(lab.started("my-js-plugin.transform"), "my-js-plugin", "input", "result", many);
      count(lab.started("my-plugin.hello"), "my-plugin", "name", "greeting", many);
    }
    starts(folder.resolve("starts"), "");
    starts(folder.resolve("waits"), "import time; time.sleep(1)\n");
  }

  private static void count(ActionHandler act, String id, String key, String result, int calls) {
    int failures = 0;
    for (int i = 0; i < calls; i++) {
      try {
        if (!Lab.call(act, key, "Ada").values().containsKey(result)) {
          failures++;
        }
      } catch (ActionException | InterruptedException e) {
        failures++;
        System.out.println(e.getMessage());
      }
    }
    System.out.println(id + ": " + failures + " failures in " + calls + " calls");
  }

  /** Starts each of ten copies of the Python sample alone, and then all of them together. */
  private static void starts(Path folder, String first) throws Exception {
    Lab lab = new Lab(folder);
    String server = Files.readString(Path.of("src/test/resources/plugins/my-plugin/server.py"));
    String[] actions = new String[PLUGINS];
    for (int i = 0; i < PLUGINS; i++) {
      String id = "copy" + i;
      lab.manifest(id, Map.of("entry_point", "server.py"));
      lab.file(id, "server.py", first + server.replace("my-plugin", id));
      actions[i] = id + ".hello";
    }
    long slowest = 0;
    for (String action : actions) {
      slowest = Math.max(slowest, start(lab, action));
    }
    long all = start(lab, actions);
    System.out.println(
        PLUGINS
            + (first.isEmpty() ? " plugins" : " plugins that wait 1 s")
            + ": the slowest alone "
            + slowest
            + " ms, all together "
            + all
            + " ms");
  }

  private static long start(Lab folder, String... actions) throws Exception {
    try (Lab lab = new Lab(folder.plugins.getParent())) {
      lab.host();
      long begin = System.nanoTime();
      lab.start(actions);
      long millis = (System.nanoTime() - begin) / 1_000_000;
      for (String action : actions) {
        String id = action.substring(0, action.indexOf('.'));
        if (!lab.host().status(id).loaded()) {
          throw new IllegalStateException(id + " did not start: " + lab.host().status(id).error());
        }
      }
      return millis;
    }
  }

  private static void compare(Lab lab, String id, String action, String key) throws Exception {
    ActionHandler act = lab.started(action);
    int port = lab.host().status(id).port();
    byte[] request = request(action, key, port);
    for (int round = 1; round <= 5; round++) {
      long[] raw = new long[CALLS];
      long[] host = new long[CALLS];
      for (int i = 0; i < CALLS; i++) {
        long begin = System.nanoTime();
        raw(port, request);
        long middle = System.nanoTime();
        Lab.call(act, key, "Ada");
        raw[i] = middle - begin;
        host[i] = System.nanoTime() - middle;
      }
      Arrays.sort(raw);
      Arrays.sort(host);
      System.out.println(
          id
              + " round "
              + round
              + ": raw p50 "
              + at(raw, 50)
              + " p99 "
              + at(raw, 99)
              + ", host p50 "
              + at(host, 50)
              + " p99 "
              + at(host, 99)
              + ", difference of p50 "
              + (at(host, 50) - at(raw, 50))
              + " us");
    }
  }

  private static long at(long[] sorted, int percent) {
    return sorted[sorted.length * percent / 100] / 1000;
  }

  private static byte[] request(String action, String key, int port) {
    String body =
        "{\"action\":\""
            + action
            + "\",\"config\":{\""
            + key
            + "\":\"Ada\"},\"context\":{"
            + "\"execution_id\":\"run-1\",\"flow_id\":\"flow-1\",\"step_id\":\"step-1\","
            + "\"variables\":{},\"step_outputs\":{}}}";
    String head =
        "POST /execute HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }

  private static void raw(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 2_000);
      socket.getOutputStream().write(request);
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      while (in.read(buffer) > 0) {
        // To the end of the connection.
      }
    }
  }
}

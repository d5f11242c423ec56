package io.testmesh.plugin;

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

/**
 * Compares calls of the samples through the host with those of a raw socket client that sends the
 * same and does nothing with the answer.
 */
public final class LatencyMain {
  private static final int CALLS = 3_000;

  private LatencyMain() {}

  /** Prints the figures of some rounds. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("latency");
    try (Lab lab = new Lab(folder).sample("my-js-plugin").sample("my-plugin")) {
      compare(lab, "my-js-plugin", "my-js-plugin.transform", "input");
      compare(lab, "my-plugin", "my-plugin.hello", "name");
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

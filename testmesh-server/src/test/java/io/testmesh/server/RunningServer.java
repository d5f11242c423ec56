package io.testmesh.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real server on a free port, called over plain sockets; checks that closing leaves nothing. */
final class RunningServer implements AutoCloseable {
  final TestMeshServer server;
  private final List<Thread> before = threads();

  RunningServer(TestMeshServer.Builder settings) throws Exception {
    server = settings.port(0).start();
  }

  Reply get(String path) throws IOException {
    return call("GET", path, Map.of(), null);
  }

  Reply post(String path, String json) throws IOException {
    return call("POST", path, Map.of("Content-Type", "application/json"), json);
  }

  Reply call(String method, String path, Map<String, String> headers, String body)
      throws IOException {
    return raw(method, "/api/v1" + path, headers, body);
  }

  /** With headers as they are given; a Host of null is left out. */
  Reply raw(String method, String path, Map<String, String> headers, String body)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      send(socket, method, path, headers, body);
      return read(socket.getInputStream());
    }
  }

  void send(Socket socket, String method, String path, Map<String, String> headers, String body)
      throws IOException {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("Host", "localhost:" + server.port());
    all.put("Connection", "close");
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    if (body != null || method.equals("POST")) {
      all.put("Content-Length", String.valueOf(bytes.length));
    }
    all.putAll(headers);
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    OutputStream out = socket.getOutputStream();
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    out.write(bytes);
    out.flush();
  }

  private static Reply read(InputStream stream) throws IOException {
    String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    assertThat(end).as("an answer in " + text).isPositive();
    String[] head = text.substring(0, end).split("\r\n");
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < head.length; i++) {
      int colon = head[i].indexOf(':');
      headers.put(head[i].substring(0, colon), head[i].substring(colon + 1).strip());
    }
    return new Reply(Integer.parseInt(head[0].split(" ")[1]), headers, text.substring(end + 4));
  }

  /** Opens a stream of events; the caller closes the socket. */
  BufferedReader events(Socket socket, String id) throws IOException {
    socket.setSoTimeout(20_000);
    send(socket, "GET", "/api/v1/executions/" + id + "/events", Map.of(), null);
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  Socket socket() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  /** The whole stream of events of an execution, as text, when it has ended. */
  String allEvents(String id) throws IOException {
    return get("/executions/" + id + "/events").body();
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time: " + what).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    int port = server.port();
    server.close();
    assertThat(takes(port)).as("port " + port + " is taken after close").isFalse();
    await("no thread is left", () -> before.containsAll(threads()));
  }

  static boolean takes(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .filter(
            thread ->
                thread.getName().startsWith("testmesh-")
                    || thread.getName().startsWith("HTTP-Dispatcher"))
        .toList();
  }
}

package io.testmesh.integrations.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a socket that says exactly what a test wants, also what no proper server would. */
final class TestServer implements AutoCloseable {
  /** Answers one request; the connection is kept if it returns true. */
  @FunctionalInterface
  interface Answer {
    boolean to(Seen request, OutputStream out, Socket socket) throws Exception;
  }

  /** Speaks first, before it has read anything. */
  @FunctionalInterface
  interface Greeting {
    void to(OutputStream out) throws IOException;
  }

  /** A request as it came over the wire. */
  record Seen(String line, Map<String, String> headers, byte[] body, int connection) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String target() {
      return line.split(" ")[1];
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final Answer answer;
  private final Greeting greeting;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private TestServer(ServerSocket server, Greeting greeting, Answer answer) {
    this.server = server;
    this.greeting = greeting;
    this.answer = answer;
    start(this::accept);
  }

  static TestServer of(Answer answer) throws IOException {
    return on(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), answer);
  }

  static TestServer on(ServerSocket socket, Answer answer) {
    return new TestServer(socket, out -> {}, answer);
  }

  static TestServer greeting(Greeting greeting) throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    return new TestServer(socket, greeting, (request, out, s) -> false);
  }

  /** A server that answers all requests with the same body. */
  static TestServer answering(String contentType, byte[] body) throws IOException {
    String header = contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n";
    return of(
        (request, out, socket) -> {
          reply(out, "200 OK", header, body);
          return true;
        });
  }

  /** A server that answers all requests with a little JSON. */
  static TestServer ok() throws IOException {
    return answering("application/json", "{\"ok\":true}".getBytes(StandardCharsets.UTF_8));
  }

  /** A server that always gives this answer. */
  static TestServer saying(String... head) throws IOException {
    return of(
        (request, out, socket) -> {
          write(out, String.join("\r\n", head));
          return true;
        });
  }

  /** A whole response. */
  static void reply(OutputStream out, String status, String headers, byte[] body)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    String head =
        "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n";
    all.write(head.getBytes(StandardCharsets.UTF_8));
    all.write(body);
    out.write(all.toByteArray());
    out.flush();
  }

  static void reply(OutputStream out, String status, String headers, String body)
      throws IOException {
    reply(out, status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  int openConnections() {
    return open.size();
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "test-server");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        start(() -> serve(socket, number));
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      InputStream in = socket.getInputStream();
      greeting.to(socket.getOutputStream());
      boolean again = true;
      while (again) {
        Seen request = read(in, number);
        if (request == null) {
          return;
        }
        seen.add(request);
        again = answer.to(request, socket.getOutputStream(), socket);
      }
    } catch (Exception e) {
      // Clients that go away are part of the game.
    } finally {
      open.remove(socket);
    }
  }

  private static Seen read(InputStream in, int connection) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.merge(
          header.substring(0, colon), header.substring(colon + 1).trim(), (a, b) -> a + "|" + b);
    }
    if ("chunked".equals(headers.get("Transfer-Encoding"))) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int size = chunk(in); size > 0; size = chunk(in)) {
        body.write(in.readNBytes(size));
        line(in);
      }
      line(in);
      return new Seen(line, headers, body.toByteArray(), connection);
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    return new Seen(line, headers, in.readNBytes(length), connection);
  }

  private static int chunk(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    for (Thread thread : threads) {
      thread.interrupt();
    }
  }
}

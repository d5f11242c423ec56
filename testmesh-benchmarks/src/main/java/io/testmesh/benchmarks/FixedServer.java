package io.testmesh.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers every request with the same JSON object, on connections that stay open; so cheap that the
 * clients are what is measured. One thread a connection.
 */
public final class FixedServer implements AutoCloseable {
  private final byte[] answer;
  private final ServerSocket socket;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /** Starts a server on a free port of the loopback address. */
  public FixedServer() {
    this(1);
  }

  /** Starts one whose answer has that many items of some 75 bytes, and 60 bytes around them. */
  public FixedServer(int items) {
    answer = answer(items);
    try {
      socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  private static byte[] answer(int items) {
    StringBuilder list = new StringBuilder();
    for (int i = 1; i <= items; i++) {
      list.append(i == 1 ? "{" : ", {");
      if (i > 1) {
        list.append("\"sku\": \"pen-").append(i * 7919).append("\", \"title\": \"Pen, number ");
        list.append(i).append("\", \"count\": ").append(i).append(", ");
      }
      list.append("\"price\": ").append(18 + i).append(".99}");
    }
    String body = "{\"id\": 17, \"status\": \"open\", \"total\": 59.97, \"items\": [" + list + "]}";
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
    return (head + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Serves until standard input ends; prints the base URL first.
   *
   * @param arguments the number of items in the answer; one where nothing is given
   */
  public static void main(String[] arguments) throws IOException {
    int items = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
    try (FixedServer server = new FixedServer(items)) {
      System.out.println(server.url());
      while (System.in.read() >= 0) {
        // Whoever started this holds the other end open.
      }
    }
  }

  /** Where it listens, such as {@code http://127.0.0.1:4711}. */
  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** Closes the port and all connections; their threads end with them. */
  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.add(connection);
        daemon(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      while (skipRequest(in)) {
        out.write(answer);
      }
    } catch (IOException e) {
      // The client went away, or the server is closed.
    } finally {
      connections.remove(connection);
    }
  }

  /** Reads one request; false when there is none any more. */
  private static boolean skipRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder(512);
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) (next >= 'A' && next <= 'Z' ? next + 32 : next));
    }
    int length = head.indexOf("content-length: ");
    if (length >= 0) {
      int start = length + "content-length: ".length();
      in.skipNBytes(Long.parseLong(head.substring(start, head.indexOf("\r", start))));
    }
    return true;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "fixed-server");
    thread.setDaemon(true);
    thread.start();
  }
}

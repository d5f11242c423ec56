package io.testmesh.integrations.common;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A small HTTP/1.1 server on the loopback address: a thread that listens and one for each
 * connection, all of them gone when {@link #close} returns.
 */
public final class HttpListener implements AutoCloseable {
  private static final int BACKLOG = 256;

  /**
   * A request.
   *
   * @param method the method
   * @param target path and query, as they were sent
   * @param headers values by name, names in any case
   * @param body the body, its chunks joined
   */
  public record Request(
      String method, String target, Map<String, List<String>> headers, byte[] body) {}

  /**
   * A response.
   *
   * @param status the status
   * @param headers lines such as {@code X-A: b}, without those that tell the length
   * @param body the body
   */
  public record Response(int status, List<String> headers, byte[] body) {}

  /** Answers a request; called on the thread of its connection. */
  @FunctionalInterface
  public interface Handler {
    /** Gives the answer; interrupted when the server stops. */
    Response answer(Request request) throws InterruptedException;
  }

  private final String name;
  private final ServerSocket server;
  private final Handler handler;
  private final List<Connection> connections = new ArrayList<>();
  private final Thread acceptor;
  private boolean closed;

  /**
   * Listens from now on.
   *
   * @param name the name of the threads
   * @param port the port; 0 for any that is free
   */
  public HttpListener(String name, int port, Handler handler) throws IOException {
    this.name = name;
    this.handler = handler;
    server = new ServerSocket(port, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    acceptor = daemon(this::accept);
    acceptor.start();
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  private Thread daemon(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        if (!serve(socket)) {
          socket.close();
          return;
        }
      } catch (IOException e) {
        synchronized (this) {
          if (closed || server.isClosed()) {
            return;
          }
        }
        // A client that went away before it was accepted.
      }
    }
  }

  private synchronized boolean serve(Socket socket) {
    if (closed) {
      return false;
    }
    HttpConnection work = new HttpConnection(socket, handler);
    Connection[] self = new Connection[1];
    Thread thread =
        daemon(
            () -> {
              work.run();
              forget(self[0]);
            });
    self[0] = new Connection(socket, thread);
    connections.add(self[0]);
    thread.start();
    return true;
  }

  private synchronized void forget(Connection connection) {
    if (!closed) {
      connections.remove(connection);
    }
  }

  /** Closes the port and all connections and waits for the threads. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    closeQuietly(server);
    boolean interrupted = join(acceptor, false);
    for (Connection connection : connections) {
      closeQuietly(connection.socket);
      connection.thread.interrupt();
    }
    for (Connection connection : connections) {
      interrupted = join(connection.thread, interrupted);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      // It is closed as far as it can be.
    }
  }

  private static boolean join(Thread thread, boolean interrupted) {
    boolean seen = interrupted;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        seen = true;
      }
    }
    return seen;
  }

  private record Connection(Socket socket, Thread thread) {}
}

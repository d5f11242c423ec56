package io.testmesh.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The JDK's own HTTP server, one for each address. It sends an answer in two parts, and without its
 * setting {@code sun.net.httpserver.nodelay} the second waits up to 40 ms for the other side. That
 * is a property of the whole JVM, so it is not set here: the launcher of the command line sets it.
 * Where it is not set, each answer ends its connection, which sends all of it at once.
 */
final class JdkHttpService implements HttpService {
  private static final int MOST_THREADS = 128;
  private static final long LAST_MOMENT_MILLIS = 2000;

  private final List<HttpServer> servers;
  private final ExecutorService threads = threads();
  private final boolean keepsConnections = Boolean.getBoolean("sun.net.httpserver.nodelay");

  private JdkHttpService(List<HttpServer> servers) {
    this.servers = servers;
  }

  /**
   * Takes the port on all addresses.
   *
   * @param port 0 for any free one
   * @throws IOException when it is taken, or an address is not one of this machine
   */
  static JdkHttpService bind(List<InetAddress> addresses, int port) throws IOException {
    List<HttpServer> servers = new ArrayList<>();
    int bound = port;
    try {
      for (InetAddress address : addresses) {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, bound), 0);
        servers.add(server);
        bound = server.getAddress().getPort();
      }
    } catch (IOException e) {
      // One that was never started keeps its port until it is.
      for (HttpServer server : servers) {
        server.start();
        server.stop(0);
      }
      throw e;
    }
    return new JdkHttpService(servers);
  }

  private static ExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory factory =
        task -> {
          Thread thread = new Thread(task, "testmesh-server-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    return new ThreadPoolExecutor(
        0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }

  @Override
  public void start(Handler handler) {
    for (HttpServer server : servers) {
      server.setExecutor(threads);
      server.createContext("/", exchange -> handle(handler, exchange));
      server.start();
    }
  }

  private void handle(Handler handler, HttpExchange exchange) throws IOException {
    try {
      handler.handle(new JdkExchange(exchange, keepsConnections));
    } finally {
      exchange.close();
    }
  }

  @Override
  public int port() {
    return servers.get(0).getAddress().getPort();
  }

  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = !awaitThreads();
    for (HttpServer server : servers) {
      server.stop(0);
    }
    threads.shutdownNow();
    interrupted |= !awaitThreads();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits a moment for the answers in work; tells whether it was not interrupted. */
  private boolean awaitThreads() {
    try {
      threads.awaitTermination(LAST_MOMENT_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}

package io.testmesh.plugin.protocol;

import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.protocol.CallFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Talks to one plugin on loopback: a connection for each call, closed after it, and nothing is ever
 * sent twice. Version 1 servers handle kept connections badly, and a client that sends again by
 * itself runs an action twice. Safe for use by several threads; holds nothing.
 *
 * <p>It writes HTTP/1.1 itself: a general client adds 170 microseconds to a call that takes 100.
 */
public final class PluginClient {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int NEVER_WAITS = 32 * 1024;
  private static final int WAIT_FOR_CLOSE_MILLIS = 50;

  private final String plugin;
  private final InetSocketAddress address;
  private final String host;

  private PluginClient(String plugin, byte[] address, String host, int port) {
    this.plugin = plugin;
    try {
      this.address = new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
    this.host = host + ":" + port;
  }

  /** A client of the plugin at 127.0.0.1. */
  public static PluginClient of(String plugin, int port) {
    return new PluginClient(plugin, new byte[] {127, 0, 0, 1}, "127.0.0.1", port);
  }

  /** A client of the plugin at ::1. */
  public static PluginClient ofIpv6(String plugin, int port) {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    return new PluginClient(plugin, loopback, "[::1]", port);
  }

  /**
   * Makes one call.
   *
   * @param cancellation closes the connection
   * @return what was answered, whatever its status
   * @throws CallFailure when no whole head of an answer came
   * @throws PluginException when the answer is not HTTP or too large
   * @throws InterruptedException when the call was cancelled
   */
  public PluginReply call(PluginRequest request, Deadline deadline, Cancellation cancellation)
      throws CallFailure, PluginException, InterruptedException {
    return call(request, deadline, cancellation, () -> false);
  }

  /**
   * Makes one call; see {@link #call(PluginRequest, Deadline, Cancellation)}.
   *
   * @param isCrowded whether other calls wait for this one: then it lasts, for a short time at
   *     most, until the plugin closes the connection, because only then it is done with the call
   */
  public PluginReply call(
      PluginRequest request,
      Deadline deadline,
      Cancellation cancellation,
      BooleanSupplier isCrowded)
      throws CallFailure, PluginException, InterruptedException {
    Socket socket = new Socket(Proxy.NO_PROXY);
    Cancellation.Registration closing = cancellation.onCancel(() -> close(socket));
    try {
      connect(socket, deadline);
      PluginReply reply = exchange(socket, request, deadline);
      if (isCrowded.getAsBoolean()) {
        awaitClose(socket);
      }
      if (cancellation.isCancelled()) {
        // What came may be cut off.
        throw new InterruptedException();
      }
      return reply;
    } catch (CallFailure e) {
      if (cancellation.isCancelled() || Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw e;
    } finally {
      closing.close();
      close(socket);
    }
  }

  private static void awaitClose(Socket socket) {
    try {
      socket.setSoTimeout(WAIT_FOR_CLOSE_MILLIS);
      socket.getInputStream().read();
    } catch (IOException e) {
      // The answer is here; that it is slow to close, or reset the connection, changes nothing.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }

  private void connect(Socket socket, Deadline deadline) throws CallFailure {
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, Math.min(CONNECT_MILLIS, HttpInput.millis(deadline)));
      if (socket.getLocalPort() == address.getPort()) {
        // The system gave us the very port: we talk to ourselves and keep the plugin from it.
        socket.setSoLinger(true, 0);
        throw new CallFailure(Kind.NOT_CONNECTED, "nobody listens on " + host, null);
      }
    } catch (SocketTimeoutException e) {
      if (deadline.isOver()) {
        throw new CallFailure(Kind.OUT_OF_TIME, "it did not take the connection in time", e);
      }
      throw new CallFailure(Kind.NOT_CONNECTED, "it did not take the connection in 2 s", e);
    } catch (IOException e) {
      throw new CallFailure(
          Kind.NOT_CONNECTED, "nobody listens on " + host + " (" + words(e) + ")", e);
    }
  }

  private PluginReply exchange(Socket socket, PluginRequest request, Deadline deadline)
      throws CallFailure, PluginException {
    HttpInput input = new HttpInput(socket, deadline, plugin, request.path());
    try {
      send(socket, request.bytes(host), deadline);
    } catch (IOException e) {
      // It may have answered before it had read all, and closed the connection.
      return input.readAfter(e, request.mostBytes());
    }
    return input.read(request.mostBytes());
  }

  /** A write has no time-out of its own; a small one never waits, as the system takes it. */
  private static void send(Socket socket, byte[] bytes, Deadline deadline) throws IOException {
    if (bytes.length <= NEVER_WAITS) {
      socket.getOutputStream().write(bytes);
      return;
    }
    CountDownLatch sent = new CountDownLatch(1);
    Thread watch = new Thread(() -> closeLate(socket, sent, deadline), "testmesh-plugin-write");
    watch.setDaemon(true);
    watch.start();
    try {
      socket.getOutputStream().write(bytes);
    } finally {
      sent.countDown();
    }
  }

  private static void closeLate(Socket socket, CountDownLatch sent, Deadline deadline) {
    try {
      if (!sent.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        close(socket);
      }
    } catch (InterruptedException e) {
      close(socket);
    }
  }

  private static String words(IOException e) {
    return e.getMessage() == null ? "the connection broke" : e.getMessage();
  }

  /** A cancellation that never comes, for short calls of the host's own. */
  public static final Cancellation NEVER =
      new Cancellation() {
        @Override
        public boolean isCancelled() {
          return false;
        }

        @Override
        public Registration onCancel(Runnable reaction) {
          return () -> {};
        }
      };

  /** A deadline after so many milliseconds, but no later than another one. */
  public static Deadline atMost(long millis, Deadline other) {
    return Deadline.after(Duration.ofMillis(millis)).earlier(other);
  }
}

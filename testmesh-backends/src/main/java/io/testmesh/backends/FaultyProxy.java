package io.testmesh.backends;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server, and passes on what they say until it is told to do worse.
 * Safe for use by several threads.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final long ALL = Long.MAX_VALUE;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong answerBytesLeft = new AtomicLong(ALL);
  private final Object holding = new Object();
  private boolean held;

  private FaultyProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** A proxy to a port of this machine. */
  public static FaultyProxy to(int port) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    FaultyProxy proxy = new FaultyProxy(listener, port);
    daemon(proxy::accept);
    return proxy;
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Passes on so many more bytes of answers, and then closes the connection that wants more. */
  public void cutAnswersAfter(long bytes) {
    answerBytesLeft.set(bytes);
  }

  /** Passes on nothing any more, and leaves the connections open. */
  public void hold() {
    synchronized (holding) {
      held = true;
    }
  }

  /** Passes on what was held, and everything from now on. */
  public void heal() {
    answerBytesLeft.set(ALL);
    synchronized (holding) {
      held = false;
      holding.notifyAll();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        daemon(() -> pass(client, server, false));
        daemon(() -> pass(server, client, true));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pass(Socket from, Socket to, boolean isAnswer) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        awaitRelease();
        int passed = isAnswer ? allowed(length) : length;
        out.write(buffer, 0, passed);
        if (passed < length) {
          return;
        }
      }
    } catch (IOException e) {
      // One of them went away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private int allowed(int length) {
    long before = answerBytesLeft.getAndUpdate(left -> left == ALL ? ALL : left - length);
    return (int) Math.max(0, Math.min(length, before));
  }

  private void awaitRelease() throws InterruptedException {
    synchronized (holding) {
      while (held) {
        holding.wait();
      }
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Closes its port and all connections. */
  @Override
  public void close() {
    heal();
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

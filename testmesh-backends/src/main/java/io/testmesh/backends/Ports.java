package io.testmesh.backends;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Free ports of the loopback address. */
public final class Ports {
  private Ports() {}

  /** A port that refuses connections. */
  public static int closed() throws IOException {
    return free(1)[0];
  }

  /** Fails when somebody listens on a port already. */
  static void require(int port) throws IOException {
    try (ServerSocket free = new ServerSocket()) {
      free.setReuseAddress(true);
      free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (BindException e) {
      throw new BindException("the port " + port + " is in use by another program");
    }
  }

  /** A port and so many others that nobody listens on now, all different. */
  static int[] beside(int port, int count) throws IOException {
    int[] ports = new int[count + 1];
    ports[0] = port;
    int at = 1;
    // One more, in case that the first is among them.
    for (int other : free(count + 1)) {
      if (other != port && at <= count) {
        ports[at++] = other;
      }
    }
    return ports;
  }

  /** So many different ports that nobody listens on now. */
  static int[] free(int count) throws IOException {
    ServerSocket[] held = new ServerSocket[count];
    int[] ports = new int[count];
    try {
      for (int i = 0; i < count; i++) {
        held[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ports[i] = held[i].getLocalPort();
      }
    } finally {
      for (ServerSocket socket : held) {
        if (socket != null) {
          socket.close();
        }
      }
    }
    return ports;
  }
}

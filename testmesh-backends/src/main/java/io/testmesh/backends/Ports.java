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

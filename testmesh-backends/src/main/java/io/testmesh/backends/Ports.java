package io.testmesh.backends;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports of the loopback address. */
public final class Ports {
  private Ports() {}

  /** A port that refuses connections. */
  public static int closed() throws IOException {
    return free(1)[0];
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

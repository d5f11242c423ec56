package io.testmesh.plugin.process;

import io.testmesh.plugin.PluginException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * A port that is free, kept until it is given to a plugin. The system chooses it: on Linux it then
 * is an odd one, which outgoing connections, our own probes among them, do not get by chance.
 */
final class Ports implements AutoCloseable {
  private final ServerSocket socket;

  private Ports(ServerSocket socket) {
    this.socket = socket;
  }

  static Ports reserve(String plugin) throws PluginException {
    try {
      ServerSocket socket = new ServerSocket();
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 1);
      return new Ports(socket);
    } catch (IOException e) {
      throw new PluginException(
          "SPAWN_FAILED",
          "plugin \"" + plugin + "\" cannot be started: no port is free: " + e.getMessage(),
          null,
          e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Frees the port. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}

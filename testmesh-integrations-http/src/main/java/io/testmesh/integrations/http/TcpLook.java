package io.testmesh.integrations.http;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.Cancellation.Registration;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks whether a port takes connections. */
final class TcpLook implements Look {
  private final ActionContext context;
  private final String host;
  private final int port;

  TcpLook(ActionContext context, String host, long port) throws ActionException {
    if (port < 1 || port > 65_535) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "\"port\" wants a number from 1 to 65535, got " + port);
    }
    this.context = context;
    this.host = host;
    this.port = (int) port;
  }

  @Override
  public String target() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  @Override
  public Seen look(Duration most) throws ActionException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw failed("the host \"" + host + "\" is not known: its name leads to no address", null);
    }
    Socket socket = new Socket();
    Registration stop = context.cancellation().onCancel(() -> close(socket));
    try {
      socket.connect(address, (int) Math.max(1, Math.min(most.toMillis(), Integer.MAX_VALUE)));
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("address", target());
      values.put("connected", true);
      return new Seen(values, null);
    } catch (SocketTimeoutException e) {
      throw failed("no connection to " + target() + " within " + most.toMillis() + " ms", e);
    } catch (IOException e) {
      if (context.cancellation().isCancelled()) {
        throw new InterruptedException("the step was stopped");
      }
      boolean refused = String.valueOf(e.getMessage()).contains("refused");
      throw failed(
          refused
              ? "connection to " + target() + " refused"
              : "no connection to " + target() + ": " + e.getMessage(),
          e);
    } finally {
      stop.close();
      close(socket);
    }
  }

  private static ActionException failed(String message, @Nullable IOException cause) {
    return new ActionException(ActionException.CONNECTION_FAILED, message, cause);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The connection is given up either way.
      return;
    }
  }
}

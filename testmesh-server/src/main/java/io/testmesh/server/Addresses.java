package io.testmesh.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the server takes requests, and by which names it may be called there.
 *
 * @param list the addresses, in order
 * @param names host names of requests, in small letters
 */
record Addresses(List<InetAddress> list, Set<String> names) {

  /** Both loopback addresses where this machine has both; or those that a name stands for. */
  static Addresses of(@Nullable String host) throws ServerException {
    Set<String> names = new LinkedHashSet<>(Admission.LOOPBACK);
    List<InetAddress> list = new ArrayList<>();
    try {
      if (host == null) {
        list.add(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        byte[] six = new byte[16];
        six[15] = 1;
        InetAddress other = InetAddress.getByAddress(six);
        if (NetworkInterface.getByInetAddress(other) != null) {
          list.add(other);
        }
      } else {
        list.addAll(List.of(InetAddress.getAllByName(host)));
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        names.add((bare ? "[" + host + "]" : host).toLowerCase(Locale.ROOT));
      }
    } catch (UnknownHostException e) {
      throw new ServerException("the host \"" + host + "\" is not known", null, e);
    } catch (IOException e) {
      throw new ServerException("the addresses of this machine cannot be read", null, e);
    }
    return new Addresses(List.copyOf(list), names);
  }

  boolean areLoopback() {
    for (InetAddress address : list) {
      if (!address.isLoopbackAddress()) {
        return false;
      }
    }
    return true;
  }

  /** Takes the port; with 0 one that is free on all of them. */
  JdkHttpService bind(int port) throws ServerException {
    for (int attempt = 0; ; attempt++) {
      try {
        return JdkHttpService.bind(list, port);
      } catch (BindException e) {
        // A port that is free on one address may be taken on the other.
        if (port != 0 || attempt == 10) {
          throw failure(port, e);
        }
      } catch (IOException e) {
        throw failure(port, e);
      }
    }
  }

  private ServerException failure(int port, IOException e) {
    String message = String.valueOf(e.getMessage());
    boolean taken = e instanceof BindException && message.contains("in use");
    return taken
        ? new ServerException(
            "port " + port + " is taken by another program",
            "stop that one, or choose another with --port N (0: any free one)",
            e)
        : new ServerException(
            "port " + port + " of " + list.get(0).getHostAddress() + " cannot be used: " + message,
            port > 0 && port < 1024 ? "ports below 1024 need more rights; try --port 5016" : null,
            e);
  }
}

package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import io.testmesh.action.Deadline;
import io.testmesh.integrations.common.ConnectionErrors;
import io.testmesh.integrations.common.ServerAddress;
import io.testmesh.integrations.common.TlsMaterial;
import io.testmesh.integrations.common.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Opens connections: connects, secures, logs in and chooses the database, within one time limit and
 * until the attempt is stopped. Immutable.
 */
final class Dialer {
  /** How servers list the connections of TestMesh ({@code CLIENT LIST}). */
  static final String CLIENT_NAME = "testmesh";

  private final JedisClientConfig config;
  private final @Nullable TlsMaterial tls;
  private final boolean verify;
  private final Duration timeout;

  /**
   * A dialer for servers that want the same.
   *
   * @param timeout for all that has to be done until commands can be sent
   * @throws ActionException when the files of the TLS settings cannot be used
   */
  Dialer(@Nullable Login login, @Nullable TlsSettings tls, int database, Duration timeout)
      throws ActionException {
    this.tls = tls == null ? null : TlsMaterial.load(tls);
    this.verify = tls != null && tls.verify();
    this.timeout = timeout;
    DefaultJedisClientConfig.Builder builder =
        DefaultJedisClientConfig.builder()
            .database(database)
            .clientName(CLIENT_NAME)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    if (login != null) {
      builder.user(login.user()).password(login.password());
    }
    config = builder.build();
  }

  /** Loads the client library; opens nothing. */
  static void warmUp() {
    DefaultJedisClientConfig.builder().build();
    Command.of("PING").toArguments();
    try (Connection unused = new Connection()) {
      unused.isBroken();
    }
  }

  /**
   * Opens a connection.
   *
   * @throws ActionException code {@code connection_failed} or {@code authentication_failed}
   */
  Link dial(ServerAddress address, Call call) throws ActionException, InterruptedException {
    Deadline end = Deadline.after(timeout);
    Socket socket;
    try {
      socket = connect(address, end, call);
    } catch (IOException e) {
      call.throwIfStopped();
      throw ConnectionErrors.unreachable("Redis", address, e);
    }
    boolean isReady = false;
    try {
      Link link = logIn(socket, address, end);
      isReady = true;
      return link;
    } catch (JedisDataException e) {
      throw Refusal.of(e, "the connection", address);
    } catch (IOException | JedisConnectionException e) {
      call.throwIfStopped();
      throw unfit(address, e);
    } finally {
      if (!isReady) {
        Call.closeQuietly(socket);
      }
    }
  }

  private Socket connect(ServerAddress address, Deadline end, Call call) throws IOException {
    IOException first = null;
    for (InetAddress candidate : InetAddress.getAllByName(address.host())) {
      Socket socket = new Socket();
      call.watch(socket);
      try {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(new InetSocketAddress(candidate, address.port()), Call.millisUntil(end));
        return socket;
      } catch (IOException e) {
        Call.closeQuietly(socket);
        first = first == null ? e : first;
      }
    }
    throw first == null ? new IOException("the host has no address") : first;
  }

  private Link logIn(Socket socket, ServerAddress address, Deadline end) throws IOException {
    socket.setSoTimeout(Call.millisUntil(end));
    Socket secured = tls == null ? socket : secure(socket, address, tls);
    return new Link(new Connection(() -> secured, config), socket, address);
  }

  private Socket secure(Socket plain, ServerAddress address, TlsMaterial material)
      throws IOException {
    SSLSocket secured =
        (SSLSocket)
            material.socketFactory().createSocket(plain, address.host(), address.port(), true);
    if (verify) {
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
    }
    secured.startHandshake();
    return secured;
  }

  /** Something listens there, and does not answer as Redis does. */
  private ActionException unfit(ServerAddress address, Exception e) {
    ActionException unfit = ConnectionErrors.unreachable("Redis", address, e);
    boolean isLate = Link.isTimeout(e);
    if (e instanceof SSLException || (tls == null && isLate)) {
      return unfit;
    }
    return unfit.hint(
        tls == null
            ? "does the server want TLS on that port? then say \"tls: true\""
            : "does the server speak TLS on that port? if not, leave \"tls\" out");
  }
}

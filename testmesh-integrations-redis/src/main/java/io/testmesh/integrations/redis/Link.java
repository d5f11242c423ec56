package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import io.testmesh.action.Deadline;
import io.testmesh.integrations.common.ConnectionErrors;
import io.testmesh.integrations.common.ServerAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** An open connection that is logged in. Used by one attempt at a time; closed by its pool. */
final class Link implements AutoCloseable {
  private static final Duration PING_TIME = Duration.ofSeconds(1);

  private final Connection connection;
  private final Socket socket;
  private final ServerAddress address;
  private long idleSinceNanos;

  /**
   * A link over a connection.
   *
   * @param socket the one that carries it, below TLS
   */
  Link(Connection connection, Socket socket, ServerAddress address) {
    this.connection = connection;
    this.socket = socket;
    this.address = address;
  }

  ServerAddress address() {
    return address;
  }

  /**
   * Sends a command and waits for the answer. After any failure but the server's own, the link is
   * of no use.
   *
   * @throws JedisDataException the server's refusal
   */
  @Nullable Object exchange(Command command, Call call)
      throws ActionException, InterruptedException {
    call.watch(socket);
    try {
      connection.setSoTimeout(Call.millisUntil(call.answerBy()));
      return connection.executeCommand(command.toArguments());
    } catch (JedisConnectionException e) {
      call.throwIfStopped();
      if (isTimeout(e)) {
        throw late(command, call, e);
      }
      throw ConnectionErrors.lost("Redis", address, e);
    }
  }

  private ActionException late(Command command, Call call, JedisConnectionException e) {
    Duration timeout = call.timeout();
    return new ActionException(
            ActionException.TIMEOUT,
            "Redis at "
                + address
                + " did not answer "
                + command.name()
                + (timeout == null ? " in time" : " within " + timeout.toMillis() + " ms"),
            e)
        .hint("\"timeout\" of the connection says how long an answer may take");
  }

  /** Whether nothing was said for too long. */
  static boolean isTimeout(Throwable e) {
    return e instanceof SocketTimeoutException || (e.getCause() != null && isTimeout(e.getCause()));
  }

  /** Whether the server still answers. */
  boolean isAlive(Call call) throws InterruptedException {
    call.watch(socket);
    try {
      Deadline end = Deadline.after(PING_TIME).earlier(call.answerBy());
      connection.setSoTimeout(Call.millisUntil(end));
      return connection.ping();
    } catch (JedisConnectionException | JedisDataException e) {
      call.throwIfStopped();
      return false;
    }
  }

  void rest() {
    idleSinceNanos = System.nanoTime();
  }

  Duration idle() {
    return Duration.ofNanos(System.nanoTime() - idleSinceNanos);
  }

  /** Ends the connection at once; what was not answered yet is given up. */
  @Override
  public void close() {
    Call.closeQuietly(socket);
  }
}

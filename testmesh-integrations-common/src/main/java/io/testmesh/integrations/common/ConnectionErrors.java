package io.testmesh.integrations.common;

import io.testmesh.action.ActionException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The words for servers that cannot be reached or refuse their client; the same in all families.
 */
public final class ConnectionErrors {
  private static final int MOST_CAUSES = 20;

  private ConnectionErrors() {}

  /**
   * No connection could be made.
   *
   * @param server the kind of server, such as {@code Redis}
   * @param address where it was looked for
   * @param cause what the client said
   * @return code {@code connection_failed}
   */
  public static ActionException unreachable(
      String server, Object address, @Nullable Throwable cause) {
    return new ActionException(
            ActionException.CONNECTION_FAILED,
            "cannot connect to " + server + " at " + address + ": " + why(cause),
            cause)
        .hint(hint(server, cause));
  }

  /**
   * A connection was lost while it was used.
   *
   * @return code {@code connection_failed}
   */
  public static ActionException lost(String server, Object address, @Nullable Throwable cause) {
    return new ActionException(
            ActionException.CONNECTION_FAILED,
            "the connection to " + server + " at " + address + " was lost: " + why(cause),
            cause)
        .hint("the server's log says whether it was stopped");
  }

  /**
   * The server does not accept the credentials.
   *
   * @param why the server's words, which name no password
   * @return code {@code authentication_failed}
   */
  public static ActionException refused(
      String server, Object address, String why, @Nullable Throwable cause) {
    return new ActionException(
            ActionException.AUTHENTICATION_FAILED,
            server + " at " + address + " refuses the credentials: " + why,
            cause)
        .hint("check the user and the password of the connection");
  }

  /** What a client's exception says, without the names of its classes. */
  public static String why(@Nullable Throwable cause) {
    List<Throwable> chain = chain(cause);
    for (Throwable part : chain) {
      if (part instanceof UnknownHostException) {
        return "no such host";
      }
      if (part instanceof ConnectException
          && String.valueOf(part.getMessage()).contains("refuse")) {
        return "connection refused";
      }
      if (part instanceof SocketTimeoutException) {
        return "no answer in time";
      }
      if (part instanceof EOFException) {
        return "it was closed before an answer came";
      }
    }
    for (int i = chain.size() - 1; i >= 0; i--) {
      String message = chain.get(i).getMessage();
      if (message != null && !message.isBlank()) {
        String said = message.strip();
        // A hint follows.
        return said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
      }
    }
    return cause == null ? "no reason was given" : cause.getClass().getSimpleName();
  }

  private static String hint(String server, @Nullable Throwable cause) {
    for (Throwable part : chain(cause)) {
      if (part instanceof UnknownHostException) {
        return "check the spelling of the host";
      }
      if (part instanceof SSLException) {
        return "check whether the server speaks TLS on that port, and \"tls\" of the connection";
      }
    }
    return "is " + server + " running, and do host and port fit?";
  }

  private static List<Throwable> chain(@Nullable Throwable cause) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable part = cause;
        part != null && chain.size() < MOST_CAUSES;
        part = part.getCause()) {
      chain.add(part);
    }
    return chain;
  }
}

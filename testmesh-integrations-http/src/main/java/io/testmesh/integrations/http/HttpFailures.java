package io.testmesh.integrations.http;

import io.testmesh.action.ActionException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Says in people's words what went wrong with a connection. */
final class HttpFailures {
  private HttpFailures() {}

  /**
   * The failure {@code connection_failed} for an error of the network.
   *
   * @param when at which point of the exchange it came, in words
   */
  static ActionException explain(
      IOException error, HttpUrl url, @Nullable String proxy, String when) {
    String place = Urls.hostAndPort(url);
    ActionException failure;
    SSLException tls = tlsError(error);
    if (causedBy(error, ZipException.class) || isGzipTrouble(error)) {
      failure =
          new ActionException(
              ActionException.ACTION_FAILED,
              "the body is not gzip, although its Content-Encoding says so: " + lastMessage(error),
              error);
    } else if (tls != null) {
      failure = tls(tls, place, url.host());
    } else {
      boolean atProxy = proxy != null && isAboutConnecting(error);
      failure =
          failed(words(error, atProxy ? "the proxy " + proxy : place, url.host(), when), error);
    }
    return failure.detail("host", url.host()).detail("port", (long) url.port());
  }

  /** The TLS error itself, or the one that came before the connection broke down. */
  private static @Nullable SSLException tlsError(IOException error) {
    if (error instanceof SSLException tls) {
      return tls;
    }
    for (Throwable earlier : error.getSuppressed()) {
      if (earlier instanceof SSLException tls) {
        return tls;
      }
    }
    return null;
  }

  /** The gzip reader throws nothing more special. */
  private static boolean isGzipTrouble(IOException error) {
    String message = String.valueOf(error.getMessage());
    return message.startsWith("ID1ID2: ")
        || message.startsWith("FHCRC: ")
        || message.startsWith("CRC: ")
        || message.startsWith("ISIZE: ")
        || message.startsWith("gzip finished without");
  }

  private static boolean isAboutConnecting(IOException error) {
    return error instanceof ConnectException
        || error instanceof NoRouteToHostException
        || error instanceof SocketTimeoutException;
  }

  private static String words(IOException error, String place, String host, String when) {
    String text = allMessages(error);
    if (error instanceof UnknownHostException) {
      return "the host \"" + host + "\" is not known: its name leads to no address";
    }
    if (text.contains("refused")) {
      return "connection to " + place + " refused";
    }
    if (error instanceof NoRouteToHostException || text.contains("unreachable")) {
      return "there is no way through the network to " + place;
    }
    if (error instanceof ConnectException || error instanceof SocketTimeoutException) {
      return "no connection to " + place + ": " + lastMessage(error);
    }
    if (error instanceof EOFException || text.contains("unexpected end of stream")) {
      return place + " closed the connection " + when;
    }
    if (text.contains("reset") || text.contains("Broken pipe") || text.contains("abort")) {
      return "connection to " + place + " was cut " + when;
    }
    if (error instanceof ProtocolException || text.contains("Unexpected")) {
      return place + " does not speak HTTP as expected: " + lastMessage(error);
    }
    if (error instanceof SocketException) {
      return "connection to " + place + " failed " + when + ": " + lastMessage(error);
    }
    return "talking to " + place + " failed " + when + ": " + lastMessage(error);
  }

  private static ActionException tls(SSLException error, String place, String host) {
    String text = allMessages(error);
    if (error instanceof SSLPeerUnverifiedException) {
      return failed("the certificate of " + place + " is not for the host \"" + host + "\"", error)
          .hint("use the name in the certificate, or set verify_ssl: false");
    }
    if (causedBy(error, CertificateExpiredException.class)) {
      return failed("the certificate of " + place + " has expired", error);
    }
    if (causedBy(error, CertificateNotYetValidException.class)) {
      return failed("the certificate of " + place + " is not valid yet", error);
    }
    if (causedBy(error, CertificateException.class) || text.contains("PKIX")) {
      return failed("the certificate of " + place + " is not signed by anyone trusted", error)
          .hint("name the signer's certificate in ca_file, or set verify_ssl: false");
    }
    if (text.contains("terminated the handshake")) {
      return failed(place + " closed the connection during the TLS handshake", error)
          .hint("is the URL http:// instead?");
    }
    if (text.contains("plaintext") || text.contains("Unsupported or unrecognized SSL message")) {
      return failed(place + " does not speak TLS", error).hint("is the URL http:// instead?");
    }
    if (text.contains("bad_certificate") || text.contains("certificate_required")) {
      return failed(place + " did not accept the client's certificate, or got none", error)
          .hint("name the client's certificate in cert_file and its key in key_file");
    }
    return failed("TLS with " + place + " failed: " + lastMessage(error), error);
  }

  private static ActionException failed(String message, Throwable cause) {
    return new ActionException(ActionException.CONNECTION_FAILED, message, cause);
  }

  private static boolean causedBy(Throwable error, Class<? extends Throwable> type) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String allMessages(Throwable error) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      text.append(cause.getMessage()).append('\n');
    }
    return text.toString();
  }

  private static String lastMessage(Throwable error) {
    Throwable last = error;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage());
  }
}

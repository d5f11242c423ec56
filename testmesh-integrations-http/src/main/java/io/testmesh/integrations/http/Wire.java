package io.testmesh.integrations.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Connection;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Sees that a request is written exactly once: before a kept connection is used again, and right
 * before the first byte is written, it looks whether the server has closed it meanwhile. The client
 * library would find that out by a failed request, and then either fail a step for nothing or send
 * the request a second time.
 */
final class Wire implements Interceptor {
  /** Where {@link #intercept} puts the header {@code Retry-After} of a 503. */
  private static final String HELD_RETRY_AFTER = "Testmesh-Held-Retry-After";

  /** A connection that was in use this short a time ago is not looked at, as that takes 1 ms. */
  private static final long FRESH_NANOS = 100_000_000;

  private final Map<Connection, Use> uses = Collections.synchronizedMap(new WeakHashMap<>());

  @Override
  public Response intercept(Chain chain) throws IOException {
    Connection connection = chain.connection();
    if (connection == null) {
      return chain.proceed(chain.request());
    }
    Use use = uses.get(connection);
    if (use == null) {
      use = new Use();
      uses.put(connection, use);
    } else if (use.isOver || (!use.isFresh() && isClosed(connection.socket()))) {
      throw new ClosedMeanwhileException();
    } else {
      use.isKept = true;
    }
    Response response = chain.proceed(chain.request());
    use.isOver =
        response.protocol() == Protocol.HTTP_1_0
            && !"keep-alive".equalsIgnoreCase(response.header("Connection"));
    use.lastNanos = System.nanoTime();
    return response.code() == 503 ? holdRetryAfter(response) : response;
  }

  /** The client library repeats a request by itself when a 503 says {@code Retry-After: 0}. */
  private static Response holdRetryAfter(Response response) {
    String value = response.header("Retry-After");
    return value == null
        ? response
        : response.newBuilder().removeHeader("Retry-After").header(HELD_RETRY_AFTER, value).build();
  }

  /** The headers with {@code Retry-After} under its own name again. */
  static Headers withRetryAfter(Headers headers) {
    String value = headers.get(HELD_RETRY_AFTER);
    return value == null
        ? headers
        : headers.newBuilder().removeAll(HELD_RETRY_AFTER).add("Retry-After", value).build();
  }

  private static boolean isClosed(Socket socket) {
    try {
      int timeout = socket.getSoTimeout();
      try {
        socket.setSoTimeout(1);
        // The end of the stream, or something that nobody asked for: not usable in either case.
        socket.getInputStream().read();
        return true;
      } finally {
        socket.setSoTimeout(timeout);
      }
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Says that nothing was sent: the kept connection was no longer usable. */
  static final class ClosedMeanwhileException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedMeanwhileException() {
      super("the server has closed the kept connection");
    }
  }

  /** What is known about a connection; used by one request at a time. */
  private static final class Use {
    private volatile boolean isOver;
    private volatile boolean isKept;
    private volatile long lastNanos;

    boolean isFresh() {
      return isKept && System.nanoTime() - lastNanos < FRESH_NANOS;
    }
  }
}

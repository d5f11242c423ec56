package io.testmesh.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** An exchange of the JDK's server. */
final class JdkExchange implements Exchange {
  /** A caller that sends more than this after it was too much loses its connection. */
  private static final int LONGEST_DRAIN = 32 * 1024 * 1024;

  private final HttpExchange exchange;
  private final boolean keepsConnection;

  JdkExchange(HttpExchange exchange, boolean keepsConnection) {
    this.exchange = exchange;
    this.keepsConnection = keepsConnection;
  }

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String path() {
    String path = exchange.getRequestURI().getRawPath();
    return path == null ? "" : path;
  }

  @Override
  public String query() {
    String query = exchange.getRequestURI().getRawQuery();
    return query == null ? "" : query;
  }

  @Override
  public List<String> headers(String name) {
    List<String> values = exchange.getRequestHeaders().get(name);
    return values == null ? List.of() : values;
  }

  @Override
  public byte[] body(int most) throws IOException, RequestException {
    InputStream stream = exchange.getRequestBody();
    byte[] body = stream.readNBytes(most + 1);
    if (body.length <= most) {
      return body;
    }
    // A caller that is still sending reads no answer.
    byte[] rest = new byte[8192];
    long read = 0;
    int count = stream.read(rest);
    while (count >= 0 && read < LONGEST_DRAIN) {
      read += count;
      count = stream.read(rest);
    }
    throw new RequestException(
        413,
        "BODY_TOO_LARGE",
        "the body is larger than the " + most + " bytes that this call takes",
        null);
  }

  @Override
  public void send(int status, Map<String, String> headers, byte[] body) throws IOException {
    boolean bare = method().equals("HEAD") || status == 204 || status == 304;
    begin(headers);
    exchange.sendResponseHeaders(status, bare || body.length == 0 ? -1 : body.length);
    if (!bare && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public OutputStream stream(int status, Map<String, String> headers) throws IOException {
    begin(headers);
    boolean bare = method().equals("HEAD");
    exchange.sendResponseHeaders(status, bare ? -1 : 0);
    return bare ? OutputStream.nullOutputStream() : exchange.getResponseBody();
  }

  private void begin(Map<String, String> headers) {
    Headers all = exchange.getResponseHeaders();
    headers.forEach(all::set);
    if (!keepsConnection) {
      all.set("Connection", "close");
    }
  }
}

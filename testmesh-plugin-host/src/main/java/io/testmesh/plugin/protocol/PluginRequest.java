package io.testmesh.plugin.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a plugin. Not changed by anybody.
 *
 * @param method GET or POST
 * @param path exact, without query: version 1 plugins compare it as a text
 * @param body what is sent; null for none, which a POST sends with a length of 0
 * @param headers further headers
 * @param mostBytes the largest answer that is read
 */
public record PluginRequest(
    String method,
    String path,
    byte @Nullable [] body,
    Map<String, String> headers,
    int mostBytes) {
  /** The largest body of a request. */
  public static final int LARGEST_BODY = 8 * 1024 * 1024;

  private static final int HEALTH_BYTES = 64 * 1024;
  private static final int INFO_BYTES = 1024 * 1024;
  private static final int EXECUTE_BYTES = 16 * 1024 * 1024;

  /** Copies the headers. */
  public PluginRequest {
    headers = Map.copyOf(headers);
  }

  /** Asks how it is. */
  public static PluginRequest health() {
    return new PluginRequest("GET", "/health", null, Map.of(), HEALTH_BYTES);
  }

  /** Asks what it offers. */
  public static PluginRequest info() {
    return new PluginRequest("GET", "/info", null, Map.of(), INFO_BYTES);
  }

  /** Runs an action. */
  public static PluginRequest execute(byte[] body, Map<String, String> headers) {
    return new PluginRequest("POST", "/execute", body, headers, EXECUTE_BYTES);
  }

  /** Asks it to end. */
  public static PluginRequest shutdown() {
    return new PluginRequest("POST", "/shutdown", null, Map.of(), HEALTH_BYTES);
  }

  /** All that is sent, in one piece. */
  byte[] bytes(String host) {
    StringBuilder head = new StringBuilder(200);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    head.append("\r\nConnection: close\r\nAccept: application/json\r\n");
    head.append("Accept-Encoding: identity\r\nUser-Agent: TestMesh\r\n");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    byte[] content = body == null ? new byte[0] : body;
    if (body != null) {
      head.append("Content-Type: application/json\r\n");
    }
    if (method.equals("POST")) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[start.length + content.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(content, 0, all, start.length, content.length);
    return all;
  }
}

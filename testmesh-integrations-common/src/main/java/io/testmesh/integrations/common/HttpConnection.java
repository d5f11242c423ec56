package io.testmesh.integrations.common;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Serves one connection, request by request (RFC 9112), until one of the sides ends it. */
final class HttpConnection {
  private static final int LONGEST_HEAD = 1 << 18;
  private static final int LARGEST_BODY = 1 << 28;

  private final Socket socket;
  private final HttpListener.Handler handler;
  private int headLeft;

  HttpConnection(Socket socket, HttpListener.Handler handler) {
    this.socket = socket;
    this.handler = handler;
  }

  void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      boolean again = true;
      while (again) {
        again = serveOne(in, out);
      }
    } catch (IOException e) {
      // The client went away, or the server was stopped.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean serveOne(InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    headLeft = LONGEST_HEAD;
    String line = line(in);
    if (line != null && line.isEmpty()) {
      line = line(in);
    }
    if (line == null) {
      return false;
    }
    HttpListener.Request request;
    String[] parts = line.split(" ", -1);
    try {
      if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
        throw new MalformedException("\"" + line + "\" is no request line of HTTP/1.1");
      }
      Map<String, List<String>> headers = headers(in);
      if ("100-continue".equalsIgnoreCase(first(headers, "Expect"))) {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      request = new HttpListener.Request(parts[0], target(parts[1]), headers, body(in, headers));
    } catch (MalformedException e) {
      byte[] message = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
      List<String> type = List.of("Content-Type: text/plain; charset=utf-8");
      write(out, new HttpListener.Response(400, type, message), "GET", false);
      return false;
    }
    boolean again = isKept(parts[2], first(request.headers(), "Connection"));
    write(out, handler.answer(request), request.method(), again);
    return again;
  }

  private static boolean isKept(String version, @Nullable String connection) {
    return version.equals("HTTP/1.0")
        ? "keep-alive".equalsIgnoreCase(connection)
        : !"close".equalsIgnoreCase(connection);
  }

  /** Path and query; a proxy's client sends the whole URL. */
  private static String target(String written) {
    int scheme = written.indexOf("://");
    if (written.startsWith("/") || scheme < 0) {
      return written;
    }
    int path = written.indexOf('/', scheme + 3);
    return path < 0 ? "/" : written.substring(path);
  }

  private Map<String, List<String>> headers(InputStream in) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new MalformedException("\"" + line + "\" is no header");
      }
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>(1))
          .add(line.substring(colon + 1).trim());
    }
    return headers;
  }

  private static @Nullable String first(Map<String, List<String>> headers, String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.get(0);
  }

  private byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
    String coding = first(headers, "Transfer-Encoding");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new MalformedException("the transfer coding \"" + coding + "\" is not known");
      }
      return chunks(in);
    }
    String length = first(headers, "Content-Length");
    return length == null ? new byte[0] : exactly(in, size(length, 10));
  }

  private byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = line(in);
      if (line == null) {
        throw new IOException("the connection ended within a body");
      }
      int semicolon = line.indexOf(';');
      int size = size((semicolon < 0 ? line : line.substring(0, semicolon)).trim(), 16);
      if (size == 0) {
        headers(in);
        return body.toByteArray();
      }
      if (body.size() > LARGEST_BODY - size) {
        throw new MalformedException("the body is larger than 256 MiB");
      }
      body.write(exactly(in, size));
      line(in);
    }
  }

  private static int size(String text, int radix) throws MalformedException {
    try {
      long size = Long.parseLong(text, radix);
      if (size >= 0 && size <= LARGEST_BODY) {
        return (int) size;
      }
    } catch (NumberFormatException e) {
      // Falls through to the message.
    }
    throw new MalformedException("\"" + text + "\" is no size of a body, or is above 256 MiB");
  }

  private static byte[] exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new IOException("the connection ended within a body");
    }
    return bytes;
  }

  private @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (--headLeft < 0) {
        throw new MalformedException("the head of the request is longer than 256 KiB");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static void write(
      OutputStream out, HttpListener.Response response, String method, boolean kept)
      throws IOException {
    StringBuilder head = new StringBuilder(200);
    int status = response.status();
    head.append("HTTP/1.1 ").append(status).append(' ').append(reason(status)).append("\r\n");
    for (String header : response.headers()) {
      head.append(header).append("\r\n");
    }
    // A 204 and a 304 have no body (RFC 9110, 15.3.5 and 15.4.5), the answer to HEAD only its
    // length.
    boolean empty = status == 204 || status == 304;
    if (!empty) {
      head.append("Content-Length: ").append(response.body().length).append("\r\n");
    }
    head.append(kept ? "\r\n" : "Connection: close\r\n\r\n");
    byte[] bytes = head.toString().getBytes(StandardCharsets.UTF_8);
    byte[] body = empty || method.equals("HEAD") ? new byte[0] : response.body();
    byte[] all = new byte[bytes.length + body.length];
    System.arraycopy(bytes, 0, all, 0, bytes.length);
    System.arraycopy(body, 0, all, bytes.length, body.length);
    out.write(all);
    out.flush();
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 204 -> "No Content";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Other";
    };
  }

  /** The client does not speak HTTP/1.1. */
  private static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }
}

package io.testmesh.plugin.protocol;

import io.testmesh.action.Deadline;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.protocol.CallFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one answer, HTTP/1.0 or 1.1 (RFC 9112), within limits. Belongs to one call. */
final class HttpInput {
  private static final int LARGEST_HEAD = 64 * 1024;
  private static final int MOST_INTERIM = 10;

  private final Socket socket;
  private final Deadline deadline;
  private final String plugin;
  private final String path;
  private byte[] buffer = new byte[8192];
  private int at;
  private int end;
  private int headBytes;
  private boolean some;
  private @Nullable IOException broken;

  HttpInput(Socket socket, Deadline deadline, String plugin, String path) {
    this.socket = socket;
    this.deadline = deadline;
    this.plugin = plugin;
    this.path = path;
  }

  /** Milliseconds that are left, at least 1. */
  static int millis(Deadline deadline) {
    long millis = (deadline.remainingNanos() + 999_999) / 1_000_000;
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, millis));
  }

  /** Reads what came although the request could not be sent as a whole. */
  PluginReply readAfter(IOException sending, int mostBytes) throws CallFailure, PluginException {
    try {
      return read(mostBytes);
    } catch (CallFailure e) {
      e.addSuppressed(sending);
      throw e;
    }
  }

  PluginReply read(int mostBytes) throws CallFailure, PluginException {
    int status = status();
    Map<String, String> headers = headers();
    for (int i = 0; status >= 100 && status < 200; i++) {
      if (i == MOST_INTERIM || status == 101) {
        throw protocol("answered with status " + status + " instead of an answer");
      }
      status = status();
      headers = headers();
    }
    return body(status, headers, mostBytes);
  }

  private int status() throws CallFailure, PluginException {
    String line = line();
    int space = line.indexOf(' ');
    if (line.startsWith("HTTP/1.") && space > 0 && line.length() >= space + 4) {
      String digits = line.substring(space + 1, space + 4);
      boolean ends = line.length() == space + 4 || line.charAt(space + 4) == ' ';
      if (ends && isNumber(digits) && digits.charAt(0) != '0') {
        return Integer.parseInt(digits);
      }
    }
    throw protocol("did not answer with HTTP: \"" + Plain.cut(Plain.line(line), 200) + "\"");
  }

  private Map<String, String> headers() throws CallFailure, PluginException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw protocol("sent a broken header: \"" + Plain.cut(Plain.line(line), 200) + "\"");
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      String before = headers.put(name, value);
      if (before != null && !before.equals(value)) {
        if (name.equals("content-length")) {
          throw protocol("sent two lengths: " + before + " and " + value);
        }
        headers.put(name, before + ", " + value);
      }
    }
    return headers;
  }

  private PluginReply body(int status, Map<String, String> headers, int mostBytes)
      throws CallFailure, PluginException {
    if (status == 204 || status == 205 || status == 304) {
      return new PluginReply(status, headers, new byte[0], 0);
    }
    String coding = headers.getOrDefault("content-encoding", "");
    if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
      throw protocol("sent a body with the encoding \"" + Plain.line(coding) + "\", not identity");
    }
    String transfer = headers.getOrDefault("transfer-encoding", "");
    if (!transfer.isEmpty() && !transfer.equalsIgnoreCase("identity")) {
      if (!transfer.equalsIgnoreCase("chunked")) {
        throw protocol("sent a body with the transfer encoding \"" + Plain.line(transfer) + "\"");
      }
      return chunked(status, headers, mostBytes);
    }
    String length = headers.get("content-length");
    if (length == null) {
      return new PluginReply(status, headers, rest(mostBytes), 0);
    }
    if (!isNumber(length) || length.length() > 18) {
      throw protocol("sent the length \"" + Plain.cut(Plain.line(length), 100) + "\"");
    }
    long announced = Long.parseLong(length);
    if (announced > mostBytes) {
      throw tooLarge(announced + " bytes", mostBytes);
    }
    return exactly((int) announced, status, headers);
  }

  private PluginReply exactly(int length, int status, Map<String, String> headers)
      throws CallFailure {
    byte[] body = new byte[length];
    int have = Math.min(length, end - at);
    System.arraycopy(buffer, at, body, 0, have);
    while (have < length) {
      int n = receive(body, have, length - have);
      if (n < 0) {
        byte[] part = Arrays.copyOf(body, have);
        return new PluginReply(status, headers, part, length - have);
      }
      have += n;
    }
    return new PluginReply(status, headers, body, 0);
  }

  private byte[] rest(int mostBytes) throws CallFailure, PluginException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    do {
      body.write(buffer, at, end - at);
      at = end;
      if (body.size() > mostBytes) {
        throw tooLarge("more", mostBytes);
      }
    } while (fill());
    return body.toByteArray();
  }

  private PluginReply chunked(int status, Map<String, String> headers, int mostBytes)
      throws CallFailure, PluginException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = chunkLine();
      if (line == null) {
        return new PluginReply(status, headers, body.toByteArray(), 1);
      }
      int size = chunkSize(line, mostBytes);
      if (body.size() + (long) size > mostBytes) {
        throw tooLarge("more", mostBytes);
      }
      if (size == 0) {
        // What follows are trailers, and the connection is not used again.
        return new PluginReply(status, headers, body.toByteArray(), 0);
      }
      if (!copy(size, body) || chunkLine() == null) {
        return new PluginReply(status, headers, body.toByteArray(), 1);
      }
    }
  }

  private int chunkSize(String line, int mostBytes) throws PluginException {
    int end = line.indexOf(';');
    String digits = (end < 0 ? line : line.substring(0, end)).strip();
    try {
      long size = Long.parseLong(digits, 16);
      if (size < 0 || digits.startsWith("+")) {
        throw new NumberFormatException(digits);
      }
      return (int) Math.min(size, mostBytes + 1L);
    } catch (NumberFormatException e) {
      throw protocol("sent a chunk of the size \"" + Plain.cut(Plain.line(digits), 100) + "\"");
    }
  }

  private boolean copy(int size, ByteArrayOutputStream to) throws CallFailure {
    int left = size;
    while (left > 0) {
      if (at == end && !fill()) {
        return false;
      }
      int n = Math.min(left, end - at);
      to.write(buffer, at, n);
      at += n;
      left -= n;
    }
    return true;
  }

  /** A line between chunks, or null when the connection ended. */
  private @Nullable String chunkLine() throws CallFailure, PluginException {
    headBytes = 0;
    StringBuilder line = new StringBuilder();
    return addLine(line) ? line.toString() : null;
  }

  /** A line of the head. */
  private String line() throws CallFailure, PluginException {
    StringBuilder line = new StringBuilder();
    if (addLine(line)) {
      return line.toString();
    }
    throw new CallFailure(
        Kind.NO_ANSWER,
        some ? "it closed the connection in the middle of the head" : "it closed the connection",
        broken);
  }

  private boolean addLine(StringBuilder line) throws CallFailure, PluginException {
    while (true) {
      if (at == end && !fill()) {
        return false;
      }
      byte b = buffer[at++];
      if (++headBytes > LARGEST_HEAD) {
        throw protocol("sent a head of more than 64 KiB");
      }
      if (b == '\n') {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
          line.setLength(last);
        }
        return true;
      }
      line.append((char) (b & 0xff));
    }
  }

  /** Receives more; false at the end of the connection. */
  private boolean fill() throws CallFailure {
    int n = receive(buffer, 0, buffer.length);
    at = 0;
    end = Math.max(0, n);
    return n > 0;
  }

  /** Receives more; -1 at the end of the connection, however it ended. */
  private int receive(byte[] into, int from, int most) throws CallFailure {
    if (deadline.isOver()) {
      throw outOfTime(null);
    }
    try {
      socket.setSoTimeout(millis(deadline));
      InputStream in = socket.getInputStream();
      int n = in.read(into, from, most);
      some |= n > 0;
      return n;
    } catch (SocketTimeoutException e) {
      throw outOfTime(e);
    } catch (IOException e) {
      broken = e;
      return -1;
    }
  }

  private CallFailure outOfTime(@Nullable IOException cause) {
    String what = some ? "its answer did not end in time" : "it did not answer in time";
    return new CallFailure(Kind.OUT_OF_TIME, what, cause);
  }

  private PluginException protocol(String what) {
    return new PluginException(
        "PROTOCOL",
        "plugin \"" + plugin + "\" " + what + ", in answer to " + path,
        "the plugin does not speak the plugin protocol; see its documentation");
  }

  private PluginException tooLarge(String found, int mostBytes) {
    return new PluginException(
        "RESPONSE_TOO_LARGE",
        "plugin \""
            + plugin
            + "\" sent "
            + found
            + " in answer to "
            + path
            + ", and at most "
            + mostBytes
            + " bytes are read",
        "let the plugin return less, or write it to a file and return its name");
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}

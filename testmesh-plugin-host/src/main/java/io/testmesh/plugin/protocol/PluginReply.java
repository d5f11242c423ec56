package io.testmesh.plugin.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a plugin answered.
 *
 * @param status the HTTP status
 * @param headers the headers, by their names in small letters
 * @param body the body as it came
 * @param missingBytes how much shorter the body is than was announced; 0 when nothing is missing
 */
public record PluginReply(int status, Map<String, String> headers, byte[] body, long missingBytes) {
  private static final int EXCERPT = 200;

  /** Copies the headers. */
  public PluginReply {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Whether the status is one of success. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The header, or the empty text. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Whether it is a page for people. */
  boolean isHtml() {
    return header("content-type").toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  /** The beginning of the body, on one line, for messages. */
  public String excerpt() {
    return excerpt(body, 0);
  }

  /** So much of a body as a message shows, from a place on. */
  static String excerpt(byte[] body, int from) {
    int start = Math.max(0, Math.min(from, body.length));
    int length = Math.min(body.length - start, EXCERPT * 4);
    String text = new String(body, start, length, StandardCharsets.UTF_8);
    String line = Plain.line(text);
    return line.length() > EXCERPT ? line.substring(0, EXCERPT) + "…" : line;
  }
}

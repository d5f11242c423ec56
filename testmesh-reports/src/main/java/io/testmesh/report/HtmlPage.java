package io.testmesh.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page around the data. Its one style and its one script are allowed by their hashes and
 * nothing else is, so that whatever a value holds, the browser does not run or load it.
 */
final class HtmlPage {
  private static final String POLICY =
      "default-src 'none'; style-src '@'; script-src '@'; base-uri 'none'; form-action 'none'";

  private final String head;
  private final String tail;

  private HtmlPage(String head, String tail) {
    this.head = head;
    this.tail = tail;
  }

  /** Reads the page's parts. */
  static HtmlPage read() throws IOException {
    String style = resource("report.css");
    String script = resource("report.js");
    String page = resource("report.html");
    String policy = put(put(POLICY, "@", hash(style)), "@", hash(script));
    String styled = put(put(page, "<!-- policy -->", meta(policy)), "/* style */", style);
    int data = styled.indexOf("<!-- data -->");
    return new HtmlPage(
        styled.substring(0, data), put(styled.substring(data), "/* script */", script));
  }

  private static String meta(String policy) {
    return "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">";
  }

  private static String put(String text, String mark, String part) {
    int at = text.indexOf(mark);
    return text.substring(0, at) + part + text.substring(at + mark.length());
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = HtmlPage.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException("the part " + name + " of the page is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String hash(String text) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this Java has no SHA-256", e);
    }
  }

  /** Writes what comes before the data. */
  void writeHead(OutputStream to) throws IOException {
    write(head, to);
  }

  /** Writes what comes after the data. */
  void writeTail(OutputStream to) throws IOException {
    write(tail, to);
  }

  /** Starts an element that holds data and that the browser does not run. */
  void startData(OutputStream to, String type, String id) throws IOException {
    write("<script type=\"" + type + "\" id=\"" + id + "\">", to);
  }

  /** Ends an element that holds data. */
  void endData(OutputStream to) throws IOException {
    write("</script>\n", to);
  }

  private static void write(String text, OutputStream to) throws IOException {
    to.write(text.getBytes(StandardCharsets.UTF_8));
  }
}

package io.testmesh.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The page around the data. Its one style and its one script are allowed by their hashes and
 * nothing else is, so that whatever a value holds, the browser does not run or load it. The hashes
 * stand in the page, because computing them would cost more than all the rest of it.
 */
final class HtmlPage {
  private static final String STYLE = "/* style */";
  private static final String DATA = "<!-- data -->";
  private static final String SCRIPT = "/* script */";

  private final String frame;

  private HtmlPage(String frame) {
    this.frame = frame;
  }

  /** Reads the page's frame. */
  static HtmlPage read() throws IOException {
    return new HtmlPage(new String(resource("report.html"), StandardCharsets.UTF_8));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = HtmlPage.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException("the part " + name + " of the page is missing");
      }
      return stream.readAllBytes();
    }
  }

  /** Writes what comes before the data. */
  void writeHead(OutputStream to) throws IOException {
    int style = frame.indexOf(STYLE);
    write(frame.substring(0, style), to);
    to.write(resource("report.css"));
    write(frame.substring(style + STYLE.length(), frame.indexOf(DATA)), to);
  }

  /** Writes what comes after the data. */
  void writeTail(OutputStream to) throws IOException {
    int script = frame.indexOf(SCRIPT);
    write(frame.substring(frame.indexOf(DATA) + DATA.length() + 1, script), to);
    to.write(resource("report.js"));
    write(frame.substring(script + SCRIPT.length()), to);
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

package io.testmesh.integrations.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A content type (RFC 9110, 8.3). Immutable.
 *
 * @param essence type and subtype in lower case; empty when there is none
 * @param charsetName the charset as it was written; null when there is none
 */
record ContentType(String essence, @Nullable String charsetName) {
  private static final ContentType NONE = new ContentType("", null);

  static ContentType parse(@Nullable String header) {
    if (header == null) {
      return NONE;
    }
    return new ContentType(essence(header), charsetName(header));
  }

  /** Type and subtype of a header, in lower case. */
  static String essence(String header) {
    int end = header.indexOf(';');
    return (end < 0 ? header : header.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String charsetName(String header) {
    int at = header.indexOf(';');
    while (at >= 0) {
      int end = header.indexOf(';', at + 1);
      String parameter = header.substring(at + 1, end < 0 ? header.length() : end).trim();
      if (parameter.regionMatches(true, 0, "charset=", 0, 8)) {
        String name = parameter.substring(8).trim();
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
            ? name.substring(1, name.length() - 1)
            : name;
      }
      at = end;
    }
    return null;
  }

  boolean isJson() {
    return essence.equals("application/json")
        || essence.endsWith("+json")
        || essence.equals("text/json");
  }

  /** Whether the type says that the content is text. */
  boolean isText() {
    return charsetName != null
        || essence.startsWith("text/")
        || isJson()
        || essence.endsWith("+xml")
        || essence.endsWith("/xml")
        || essence.endsWith("+yaml")
        || essence.equals("application/x-www-form-urlencoded")
        || essence.equals("application/javascript");
  }

  /** Whether the type says that the content is no text. */
  boolean isBinary() {
    if (isText()) {
      return false;
    }
    return essence.equals("application/octet-stream")
        || essence.startsWith("image/")
        || essence.startsWith("audio/")
        || essence.startsWith("video/")
        || essence.startsWith("font/")
        || essence.equals("application/pdf")
        || essence.equals("application/zip")
        || essence.equals("application/gzip");
  }

  /** The charset, or null when there is none or this Java does not know it. */
  @Nullable Charset charset() {
    if (charsetName == null) {
      return null;
    }
    try {
      return Charset.forName(charsetName);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }
}

package io.testmesh.integrations.http;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.result.Level;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Reads the body of a response and makes a value of it. */
final class BodyReader {
  private static final int CHUNK = 8192;
  private static final byte[] NOTHING = {};

  private BodyReader() {}

  /** The body's bytes, unpacked where the server packed them. */
  static BufferedSource source(Response response) {
    BufferedSource raw = response.body().source();
    String coding = response.header("Content-Encoding");
    return "gzip".equalsIgnoreCase(coding) || "x-gzip".equalsIgnoreCase(coding)
        ? Okio.buffer(new GzipSource(raw))
        : raw;
  }

  /** What was read, also when the connection ended before the body did. */
  static final class Bytes {
    private byte[] content = NOTHING;
    private int length;
    private boolean tooLarge;

    /** Reads all of the body, but not more than so many bytes. */
    void read(Response response, long most) throws IOException {
      ResponseBody body = response.body();
      long declared = body.contentLength();
      BufferedSource source = source(response);
      boolean packed = source != body.source();
      if (packed && body.source().exhausted()) {
        // The answer to HEAD, or a 304, has the header without a body.
        return;
      }
      if (!packed && declared > most) {
        tooLarge = true;
        return;
      }
      // One more than declared, so that the end is seen without growing.
      content = new byte[packed || declared < 0 ? CHUNK : (int) declared + 1];
      while (true) {
        int count = source.read(content, length, content.length - length);
        if (count < 0) {
          return;
        }
        length += count;
        if (length > most) {
          tooLarge = true;
          return;
        }
        if (length == content.length) {
          content = Arrays.copyOf(content, content.length * 2);
        }
      }
    }

    int length() {
      return length;
    }

    boolean isTooLarge() {
      return tooLarge;
    }

    /** The body as text, read as UTF-8. */
    String raw() {
      return new String(content, 0, length, StandardCharsets.UTF_8);
    }

    /** JSON as a value, text as text, other bytes as base64. */
    @Nullable Object value(@Nullable String contentType, ActionContext context) {
      ContentType type = ContentType.parse(contentType);
      if (length == 0) {
        return "";
      }
      if (type.isBinary()) {
        return base64();
      }
      String text = text(type, context);
      if (text == null) {
        return base64();
      }
      if (type.isJson()) {
        try {
          return context.json().parse(text);
        } catch (ActionException e) {
          context.log(
              Level.WARN,
              "the body is a text, although its content type is JSON: " + e.getMessage());
          return text;
        }
      }
      return text;
    }

    private @Nullable String text(ContentType type, ActionContext context) {
      Charset charset = type.charset();
      if (charset == null && type.charsetName() != null) {
        context.log(
            Level.WARN,
            "the charset \""
                + type.charsetName()
                + "\" of the response is not known; read as UTF-8");
      }
      if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
        return new String(content, 0, length, charset);
      }
      int start = hasUtf8Mark() ? 3 : 0;
      String text = new String(content, start, length - start, StandardCharsets.UTF_8);
      if (!type.isText() && (text.indexOf('\ufffd') >= 0 || text.indexOf('\0') >= 0)) {
        return null;
      }
      return text;
    }

    private boolean hasUtf8Mark() {
      return length >= 3
          && content[0] == (byte) 0xef
          && content[1] == (byte) 0xbb
          && content[2] == (byte) 0xbf;
    }

    private String base64() {
      return Base64.getEncoder().encodeToString(Arrays.copyOf(content, length));
    }
  }
}

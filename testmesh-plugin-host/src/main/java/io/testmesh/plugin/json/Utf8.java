package io.testmesh.plugin.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Bytes to text, never with replacement characters. */
record Utf8(String text, boolean marked, @Nullable JsonFault fault) {

  static Utf8 decode(byte[] bytes) {
    String other = otherEncoding(bytes);
    if (other != null) {
      String said = "the file is written in " + other + ", it must be UTF-8";
      return new Utf8("", false, new JsonFault(JsonFault.Kind.ENCODING, said, 1, 1));
    }
    boolean marked = at(bytes, 0) == 0xEF && at(bytes, 1) == 0xBB && at(bytes, 2) == 0xBF;
    int start = marked ? 3 : 0;
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(bytes.length - start);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    String text = out.flip().toString();
    if (!result.isError()) {
      return new Utf8(text, marked, null);
    }
    String hex = Integer.toHexString(at(bytes, in.position())).toUpperCase(Locale.ROOT);
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      column = text.charAt(i) == '\n' ? 1 : column + 1;
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
    String said = "the byte 0x" + hex + " is not UTF-8";
    return new Utf8("", marked, new JsonFault(JsonFault.Kind.ENCODING, said, line, column));
  }

  /** By its byte order mark, or by the zero bytes that ASCII gets in wider encodings. */
  private static @Nullable String otherEncoding(byte[] bytes) {
    int first = at(bytes, 0);
    int second = at(bytes, 1);
    if (first == 0xFF && second == 0xFE) {
      return at(bytes, 2) == 0 && at(bytes, 3) == 0 && bytes.length > 3 ? "UTF-32" : "UTF-16";
    }
    if (first == 0xFE && second == 0xFF) {
      return "UTF-16";
    }
    if (bytes.length > 3 && (first == 0 || second == 0)) {
      boolean four = first == second || second == 0 && at(bytes, 2) == 0;
      return four ? "UTF-32" : "UTF-16";
    }
    return null;
  }

  private static int at(byte[] bytes, int index) {
    return index < bytes.length ? bytes[index] & 0xFF : -1;
  }
}

package io.testmesh.engine.yaml;

import io.testmesh.result.Problem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Bytes to text: UTF-8 and nothing else, a byte order mark is passed over. */
final class TextDecoder {
  private static final String CODE = "encoding";

  private TextDecoder() {}

  /** The text, or a problem and what can be shown of the text. */
  record Decoded(SourceText source, @Nullable Problem problem) {}

  /**
   * Decodes a text.
   *
   * @param what what the file should be, such as {@code a flow}
   */
  static Decoded decode(String name, byte[] content, String what) {
    if (isUtf16(content)) {
      SourceText source = new SourceText(name, "");
      return new Decoded(
          source,
          Problem.error(
              CODE,
              "the file is written in UTF-16, " + what + " in UTF-8",
              source.span(0, 0),
              "save it as UTF-8"));
    }
    int start = hasMark(content) ? 3 : 0;
    ByteBuffer bytes = ByteBuffer.wrap(content, start, content.length - start);
    CharBuffer characters = CharBuffer.allocate(content.length - start);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult result = decoder.decode(bytes, characters, true);
    int bad = bytes.position();
    String text = characters.flip().toString();
    if (!result.isError()) {
      return new Decoded(new SourceText(name, text), null);
    }
    String rest = new String(content, bad, content.length - bad, StandardCharsets.ISO_8859_1);
    SourceText source = new SourceText(name, text + rest);
    int value = content[bad] & 0xFF;
    String hex = Integer.toHexString(value).toUpperCase(Locale.ROOT);
    String meaning = value >= 0xA0 ? " (in ISO 8859-1 it is \"" + rest.charAt(0) + "\")" : "";
    Problem problem =
        Problem.error(
            CODE,
            "the byte 0x" + hex + meaning + " is not UTF-8",
            source.span(text.length(), text.length() + 1),
            "save the file as UTF-8");
    List<String> excerpt = Excerpts.of(source, problem.span());
    return new Decoded(source, problem.withExcerpt(excerpt));
  }

  private static boolean hasMark(byte[] content) {
    return content.length >= 3
        && content[0] == (byte) 0xEF
        && content[1] == (byte) 0xBB
        && content[2] == (byte) 0xBF;
  }

  /** By its byte order mark, or by the zero bytes that ASCII gets in UTF-16. */
  private static boolean isUtf16(byte[] content) {
    if (content.length < 2) {
      return false;
    }
    int first = content[0] & 0xFF;
    int second = content[1] & 0xFF;
    return first == 0xFE && second == 0xFF
        || first == 0xFF && second == 0xFE
        || (first == 0) != (second == 0);
  }
}

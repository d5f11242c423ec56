package io.testmesh.report;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Escapes what would end or change a script element of HTML, and the line ends that JSON allows and
 * older scripts do not.
 */
final class ScriptEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1L;

  private final int[] ascii = standardAsciiEscapesForJSON();

  private ScriptEscapes() {
    ascii['<'] = ESCAPE_STANDARD;
    ascii['>'] = ESCAPE_STANDARD;
    ascii['&'] = ESCAPE_STANDARD;
  }

  /** Writes JSON that may stand between the tags of a script of an HTML page. */
  static JsonOutput output(OutputStream stream) throws IOException {
    JsonOutput output = new JsonOutput(stream);
    output.escape(new ScriptEscapes());
    return output;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii.clone();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int c) {
    return switch (c) {
      case 0x2028 -> new SerializedString("\\u2028");
      case 0x2029 -> new SerializedString("\\u2029");
      default -> null;
    };
  }
}

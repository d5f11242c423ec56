package io.testmesh.plugin.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Makes lines of bytes as they come. A line that does not end is cut, so that nothing grows without
 * bound. Belongs to one thread.
 */
final class LineAssembler {
  /** The longest line, in bytes. */
  static final int LONGEST = 64 * 1024;

  /** What a cut line ends with. */
  static final String CONTINUED = " (continued)";

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Consumer<String> lines;
  private boolean cut;

  LineAssembler(Consumer<String> lines) {
    this.lines = lines;
  }

  void add(byte[] bytes, int length) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        line.write(bytes, start, i - start);
        // A cut line that ends just where it was cut is over.
        if (!cut || line.size() > 0) {
          emit("");
        }
        cut = false;
        start = i + 1;
      } else if (line.size() + i - start >= LONGEST) {
        int end = characterStart(bytes, i, start);
        line.write(bytes, start, end - start);
        emit(CONTINUED);
        cut = true;
        start = end;
      }
    }
    line.write(bytes, start, length - start);
  }

  /** Where a character of UTF-8 begins, so that none is cut in two. */
  private static int characterStart(byte[] bytes, int at, int least) {
    int start = at;
    while (start > least && at - start < 3 && (bytes[start] & 0xc0) == 0x80) {
      start--;
    }
    return start;
  }

  /** The output is over: the rest is a line. */
  void end() {
    if (line.size() > 0) {
      emit("");
    }
  }

  private void emit(String mark) {
    lines.accept(PlainLine.of(line.toString(StandardCharsets.UTF_8)) + mark);
    line.reset();
  }
}

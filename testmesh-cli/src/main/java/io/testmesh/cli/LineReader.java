package io.testmesh.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads lines, and flushes the answers before it has to wait for more input. */
final class LineReader {
  private final InputStream in;
  private final OutputStream answers;
  private byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;

  LineReader(InputStream in, OutputStream answers) {
    this.in = in;
    this.answers = answers;
  }

  /** The next line without its end; null after the last. Valid until the next call. */
  @Nullable ByteBuffer next() throws IOException {
    int looked = start;
    while (true) {
      for (int i = looked; i < end; i++) {
        if (buffer[i] == '\n') {
          ByteBuffer line = line(i);
          start = i + 1;
          return line;
        }
      }
      int seen = end - start;
      if (!fill()) {
        ByteBuffer line = end > start ? line(end) : null;
        start = end;
        return line;
      }
      looked = start + seen;
    }
  }

  private ByteBuffer line(int stop) {
    int last = stop > start && buffer[stop - 1] == '\r' ? stop - 1 : stop;
    return ByteBuffer.wrap(buffer, start, last - start);
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    if (in.available() == 0) {
      answers.flush();
    }
    int read = in.read(buffer, end, buffer.length - end);
    end += Math.max(0, read);
    return read > 0;
  }
}

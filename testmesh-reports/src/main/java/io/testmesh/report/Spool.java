package io.testmesh.report;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes until they are asked for: the first megabyte in memory, more in a temporary file that
 * goes away with the process. Not safe for use by several threads.
 */
final class Spool extends OutputStream implements Closeable {
  private static final int IN_MEMORY = 1 << 20;

  private final ByteBuffer buffer;
  private @Nullable FileChannel file;
  private long written;

  Spool() {
    this(IN_MEMORY);
  }

  Spool(int inMemory) {
    buffer = ByteBuffer.allocate(inMemory);
  }

  /** How many bytes were written so far. */
  long size() {
    return written + buffer.position();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (!buffer.hasRemaining()) {
        empty();
      }
      int part = Math.min(left, buffer.remaining());
      buffer.put(bytes, from, part);
      from += part;
      left -= part;
    }
  }

  private void empty() throws IOException {
    FileChannel to = file;
    if (to == null) {
      Path path = Files.createTempFile("testmesh-report-", ".tmp");
      // On Unix the name is gone as soon as the file is open, so nothing is left after a kill.
      to =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = to;
    }
    buffer.flip();
    written += buffer.remaining();
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
    buffer.clear();
  }

  /** Writes a part of what was kept. */
  void copy(long from, long length, OutputStream to) throws IOException {
    long position = from;
    long end = from + length;
    if (position < written && file != null) {
      ByteBuffer part = ByteBuffer.allocate((int) Math.min(1 << 16, length));
      while (position < Math.min(end, written)) {
        part.clear().limit((int) Math.min(part.capacity(), Math.min(end, written) - position));
        int read = file.read(part, position);
        if (read < 0) {
          throw new IOException("the temporary file of the report was cut short");
        }
        to.write(part.array(), 0, read);
        position += read;
      }
    }
    if (position < end) {
      to.write(buffer.array(), (int) (position - written), (int) (end - position));
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}

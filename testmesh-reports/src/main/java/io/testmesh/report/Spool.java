package io.testmesh.report;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes until they are asked for: the first megabyte in memory, more in a temporary file that
 * goes away with the process. Not safe for use by several threads.
 */
final class Spool extends OutputStream implements Closeable {
  private static final int IN_MEMORY = 1 << 20;

  /** Java copies what it writes to a file, into a buffer of that size for each thread. */
  private static final int LARGEST_WRITE = 1 << 16;

  private final int inMemory;
  private ByteBuffer buffer;
  private byte[] part = new byte[0];
  private @Nullable FileChannel file;
  private long written;

  Spool() {
    this(IN_MEMORY);
  }

  Spool(int inMemory) {
    this.inMemory = inMemory;
    buffer = ByteBuffer.allocate(Math.min(inMemory, LARGEST_WRITE));
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
        makeRoom();
      }
      int part = Math.min(left, buffer.remaining());
      buffer.put(bytes, from, part);
      from += part;
      left -= part;
    }
  }

  private void makeRoom() throws IOException {
    int size = buffer.capacity();
    if (size < inMemory) {
      byte[] larger = Arrays.copyOf(buffer.array(), Math.min(inMemory, 4 * size));
      buffer = ByteBuffer.wrap(larger).position(size);
    } else {
      empty();
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
    int size = buffer.position();
    buffer.position(0);
    while (buffer.position() < size) {
      buffer.limit(Math.min(size, buffer.position() + LARGEST_WRITE));
      to.write(buffer);
    }
    written += size;
    buffer.clear();
  }

  /** Forgets everything. */
  void clear() throws IOException {
    buffer.clear();
    if (written > 0 && file != null) {
      file.truncate(0);
      written = 0;
    }
  }

  /** Writes all that was kept. */
  void copy(OutputStream to) throws IOException {
    copy(0, size(), to);
  }

  /** Writes a part of what was kept. */
  void copy(long from, long length, OutputStream to) throws IOException {
    long position = from;
    long end = from + length;
    if (position < written && file != null) {
      if (part.length == 0) {
        part = new byte[LARGEST_WRITE];
      }
      while (position < Math.min(end, written)) {
        int wanted = (int) Math.min(part.length, Math.min(end, written) - position);
        int read = file.read(ByteBuffer.wrap(part, 0, wanted), position);
        if (read < 0) {
          throw new IOException("the temporary file of the report was cut short");
        }
        to.write(part, 0, read);
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

package io.testmesh.report;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes until they are asked for: some megabytes in memory, more in a temporary file that
 * goes away with the process. Not safe for use by several threads.
 */
final class Spool extends OutputStream implements Closeable {
  private static final int BLOCK = 1 << 16;
  private static final long MOST_IN_MEMORY = 16 << 20;

  /** The part of the heap that one may take: there are several, and a run that needs the rest. */
  private static final int SHARE = 64;

  private final int mostBlocks;
  private final int blockSize;

  /** What follows the file's content; all full but the last. */
  private final List<byte[]> blocks = new ArrayList<>();

  private byte[] part = new byte[0];

  /** How many bytes the last block has; as many as one can have where there is none. */
  private int filled;

  private @Nullable FileChannel file;
  private long written;

  Spool() {
    this((int) (Math.min(MOST_IN_MEMORY, Runtime.getRuntime().maxMemory() / SHARE) / BLOCK), BLOCK);
  }

  Spool(int mostBlocks, int blockSize) {
    this.mostBlocks = Math.max(1, mostBlocks);
    this.blockSize = blockSize;
    this.filled = blockSize;
  }

  /** How many bytes were written so far. */
  long size() {
    return written + (long) blocks.size() * blockSize + filled - blockSize;
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
      if (filled == blockSize) {
        addBlock();
      }
      int count = Math.min(left, blockSize - filled);
      System.arraycopy(bytes, from, blocks.get(blocks.size() - 1), filled, count);
      filled += count;
      from += count;
      left -= count;
    }
  }

  private void addBlock() throws IOException {
    byte[] next;
    if (blocks.size() == mostBlocks) {
      next = blocks.get(0);
      empty();
    } else {
      next = new byte[blockSize];
    }
    blocks.add(next);
    filled = 0;
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
    for (byte[] block : blocks) {
      ByteBuffer buffer = ByteBuffer.wrap(block);
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
      written += blockSize;
    }
    blocks.clear();
  }

  /** Forgets everything. */
  void clear() throws IOException {
    if (blocks.size() > 1) {
      blocks.subList(1, blocks.size()).clear();
    }
    filled = blocks.isEmpty() ? blockSize : 0;
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
    while (position < Math.min(end, written)) {
      position += copyOfFile(position, Math.min(end, written), to);
    }
    while (position < end) {
      byte[] block = blocks.get((int) ((position - written) / blockSize));
      int start = (int) ((position - written) % blockSize);
      int count = (int) Math.min(blockSize - start, end - position);
      to.write(block, start, count);
      position += count;
    }
  }

  private int copyOfFile(long from, long end, OutputStream to) throws IOException {
    if (part.length == 0) {
      part = new byte[BLOCK];
    }
    int wanted = (int) Math.min(part.length, end - from);
    int read = file == null ? -1 : file.read(ByteBuffer.wrap(part, 0, wanted), from);
    if (read < 0) {
      throw new IOException("the temporary file of the report was cut short");
    }
    to.write(part, 0, read);
    return read;
  }

  @Override
  public void close() throws IOException {
    blocks.clear();
    if (file != null) {
      file.close();
    }
  }
}

package io.testmesh.report;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the steps of flows as compressed chunks in a spool. A chunk is a JSON list with an object
 * for each of some flows, in the order in which they ended. Not safe for use by several threads.
 */
final class StepChunks implements Closeable {
  /** Large enough to compress well, small enough to be opened without a pause. */
  private static final int CHUNK_BYTES = 1 << 18;

  private static final int BLOCK_BYTES = 1 << 15;

  /** A multiple of three: nothing but the last part may end in the filling of Base64. */
  private static final int PART_BYTES = 3 << 14;

  private static final byte[] FIRST = {'[', '{'};
  private static final byte[] NEXT = {',', '{'};

  private final Spool spool = new Spool();

  // The fastest level: a run must not wait for its report, and JSON compresses well all the same.
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private @Nullable DeflaterOutputStream chunk;
  private long[] ends = new long[16];
  private int count;
  private int place;

  /** The number of the chunk that the next flow goes into. */
  int chunk() {
    return count;
  }

  /** The next flow's place in its chunk. */
  int place() {
    return place;
  }

  /** Adds the steps of a flow, which are one field. */
  void add(Spool flow) throws IOException {
    DeflaterOutputStream to = chunk;
    if (to == null) {
      to = new DeflaterOutputStream(spool, deflater, BLOCK_BYTES);
      chunk = to;
    }
    to.write(place == 0 ? FIRST : NEXT);
    flow.copy(to);
    to.write('}');
    place++;
    if (deflater.getBytesRead() >= CHUNK_BYTES) {
      end(to);
    }
  }

  private void end(DeflaterOutputStream to) throws IOException {
    to.write(']');
    to.finish();
    deflater.reset();
    chunk = null;
    place = 0;
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = spool.size();
  }

  /** Ends the last chunk; gives how many there are. */
  int count() throws IOException {
    DeflaterOutputStream last = chunk;
    if (last != null) {
      end(last);
    }
    return count;
  }

  /** Writes a chunk in Base64. */
  void write(int number, OutputStream to) throws IOException {
    long at = number == 0 ? 0 : ends[number - 1];
    Base64.Encoder base64 = Base64.getEncoder();
    ByteArrayOutputStream part = new ByteArrayOutputStream(PART_BYTES);
    while (at < ends[number]) {
      long length = Math.min(PART_BYTES, ends[number] - at);
      spool.copy(at, length, part);
      to.write(base64.encode(part.toByteArray()));
      part.reset();
      at += length;
    }
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    spool.close();
  }
}

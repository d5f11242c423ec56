package io.testmesh.report;

import io.testmesh.result.ResultNode;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
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

  private static final int BLOCK_BYTES = 1 << 13;

  private final Spool spool = new Spool();

  // The fastest level: a run must not wait for its report, and JSON compresses well all the same.
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private DeflaterOutputStream chunk = new DeflaterOutputStream(spool, deflater, BLOCK_BYTES);
  private @Nullable JsonOutput output;
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

  /** Adds the steps of a flow. */
  void add(List<ResultNode> steps) throws IOException {
    JsonOutput to = output;
    if (to == null) {
      chunk = new DeflaterOutputStream(spool, deflater, BLOCK_BYTES);
      to = new JsonOutput(chunk);
      output = to;
    }
    to.raw(place == 0 ? "[" : ",");
    to.startObject();
    new JsonRecords(to).steps(steps);
    to.endObject();
    to.flush();
    place++;
    if (deflater.getBytesRead() >= CHUNK_BYTES) {
      end(to);
    }
  }

  private void end(JsonOutput to) throws IOException {
    to.raw("]");
    to.flush();
    chunk.finish();
    deflater.reset();
    output = null;
    place = 0;
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = spool.size();
  }

  /** Ends the last chunk; gives how many there are. */
  int count() throws IOException {
    JsonOutput last = output;
    if (last != null) {
      end(last);
    }
    return count;
  }

  /** Writes a chunk in Base64. */
  void write(int number, OutputStream to) throws IOException {
    long start = number == 0 ? 0 : ends[number - 1];
    try (OutputStream base64 = Base64.getEncoder().wrap(new StaysOpen(to))) {
      spool.copy(start, ends[number] - start, base64);
    }
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    spool.close();
  }

  /** The last bytes of Base64 come when its stream is closed, and the page goes on after them. */
  private static final class StaysOpen extends FilterOutputStream {
    StaysOpen(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() {}
  }
}

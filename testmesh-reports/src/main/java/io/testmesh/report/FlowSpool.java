package io.testmesh.report;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one JSON record for each flow, in whatever order flows end, and gives them back in the
 * order of selection. Not safe for use by several threads.
 */
final class FlowSpool implements Closeable {
  private final Spool spool = new Spool();

  /** Where the record of each flow begins and ends in the spool; zeros for one that is missing. */
  private long[] starts = new long[64];

  private long[] ends = new long[64];
  private final boolean inHtml;
  private @Nullable JsonOutput output;

  /**
   * Makes an empty one.
   *
   * @param inHtml whether the records will stand in a script element of a page
   */
  FlowSpool(boolean inHtml) {
    this.inHtml = inHtml;
  }

  /** Begins the record of a flow; what is written there until {@link #end} belongs to it. */
  JsonOutput begin(int index) throws IOException {
    if (index >= starts.length) {
      int size = Math.max(index + 1, 2 * starts.length);
      starts = Arrays.copyOf(starts, size);
      ends = Arrays.copyOf(ends, size);
    }
    starts[index] = spool.size();
    JsonOutput to = output;
    if (to == null) {
      to = inHtml ? JsonOutput.toScript(spool) : JsonOutput.to(spool);
      output = to;
    }
    to.raw("{");
    return to;
  }

  /** Adds fields that another report has as well to the record that was begun. */
  void add(Spool fields, JsonOutput to) throws IOException {
    to.raw(",");
    to.flush();
    fields.copy(spool);
    to.expectMore();
  }

  /** Ends the record of a flow. */
  void end(int index, JsonOutput to) throws IOException {
    to.endObject();
    to.flush();
    ends[index] = spool.size();
  }

  /**
   * Writes all records as the values of a list.
   *
   * @param to what wrote the start of the list
   * @param stream the stream below it
   */
  void copy(JsonOutput to, OutputStream stream) throws IOException {
    boolean first = true;
    for (int i = 0; i < starts.length; i++) {
      if (ends[i] > starts[i]) {
        to.raw(first ? "\n" : ",\n");
        first = false;
        to.flush();
        spool.copy(starts[i], ends[i] - starts[i], stream);
      }
    }
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}

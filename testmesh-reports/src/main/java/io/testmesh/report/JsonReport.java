package io.testmesh.report;

import io.testmesh.event.RunEvent;
import io.testmesh.result.RunResult;
import io.testmesh.spi.ReportFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object. Status and counts stand before the flows, and flows in the order of
 * selection, so the flows' records wait in a spool.
 */
final class JsonReport extends EventReport {
  private final ReportFormat.Target target;
  private final Spool spool = new Spool();

  /** Where the record of each flow begins and ends in the spool; zeros for one that is missing. */
  private long[] starts = new long[64];

  private long[] ends = new long[64];
  private @Nullable RunResult result;

  JsonReport(ReportFormat.Target target) {
    this.target = target;
  }

  @Override
  void take(RunEvent event) throws IOException {
    if (event instanceof RunEvent.FlowFinished finished) {
      int index = finished.flow().index();
      if (index >= starts.length) {
        int size = Math.max(index + 1, 2 * starts.length);
        starts = Arrays.copyOf(starts, size);
        ends = Arrays.copyOf(ends, size);
      }
      starts[index] = spool.size();
      JsonOutput to = new JsonOutput(spool);
      to.startObject();
      new JsonRecords(to).flow(finished.flow(), true);
      to.endObject();
      to.flush();
      ends[index] = spool.size();
    } else if (event instanceof RunEvent.RunFinished finished) {
      result = finished.run();
    }
  }

  @Override
  void complete() throws IOException {
    if (result == null) {
      throw new IOException("the run ended without a result");
    }
    try (OutputStream stream = target.open()) {
      JsonOutput to = new JsonOutput(stream);
      to.startObject();
      new JsonRecords(to).run(result);
      to.startList("flows");
      boolean first = true;
      for (int i = 0; i < starts.length; i++) {
        if (ends[i] > starts[i]) {
          to.raw(first ? "\n" : ",\n");
          first = false;
          to.flush();
          spool.copy(starts[i], ends[i] - starts[i], stream);
        }
      }
      to.endList();
      to.endObject();
      to.raw("\n");
      to.flush();
    }
  }

  @Override
  void release() throws IOException {
    spool.close();
  }
}

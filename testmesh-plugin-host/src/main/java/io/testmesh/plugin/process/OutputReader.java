package io.testmesh.plugin.process;

import io.testmesh.plugin.registry.OutputLine;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one stream of a plugin from its first byte to its end, so that the plugin never waits for a
 * reader. What it writes too fast is counted and not kept.
 */
final class OutputReader implements Runnable {
  private static final int MOST_LINES_A_SECOND = 2_000;
  private static final long SECOND = 1_000_000_000;

  private final InputStream stream;
  private final String name;
  private final OutputTail tail;
  private final PluginLog log;
  private final List<OutputLine> batch = new ArrayList<>();
  private long window = System.nanoTime();
  private int inWindow;
  private long dropped;

  OutputReader(InputStream stream, String name, OutputTail tail, PluginLog log) {
    this.stream = stream;
    this.name = name;
    this.tail = tail;
    this.log = log;
  }

  @Override
  public void run() {
    LineAssembler lines = new LineAssembler(this::take);
    byte[] buffer = new byte[8192];
    try {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        lines.add(buffer, n);
        write();
      }
    } catch (IOException e) {
      // The process is gone: this is the end of its output.
    }
    lines.end();
    noteDropped();
    write();
  }

  private void take(String line) {
    tail.add(line);
    long now = System.nanoTime();
    if (now - window >= SECOND) {
      noteDropped();
      window = now;
      inWindow = 0;
    }
    if (++inWindow > MOST_LINES_A_SECOND) {
      dropped++;
    } else {
      batch.add(new OutputLine(Instant.now(), name, line));
    }
  }

  private void noteDropped() {
    if (dropped > 0) {
      String words = dropped + " more lines on " + name + " came too fast and are not kept";
      batch.add(new OutputLine(Instant.now(), PluginLog.HOST, words));
      dropped = 0;
    }
  }

  private void write() {
    if (!batch.isEmpty()) {
      log.write(batch);
      batch.clear();
    }
  }
}

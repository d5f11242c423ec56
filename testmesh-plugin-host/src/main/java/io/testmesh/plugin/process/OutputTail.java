package io.testmesh.plugin.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last lines of an output. Safe for use by several threads. */
final class OutputTail {
  private static final int MOST_LINES = 20;
  private static final int LONGEST_LINE = 500;

  private final Deque<String> lines = new ArrayDeque<>(MOST_LINES + 1);

  synchronized void add(String line) {
    if (lines.size() == MOST_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
  }

  synchronized List<String> lines() {
    return new ArrayList<>(lines);
  }
}

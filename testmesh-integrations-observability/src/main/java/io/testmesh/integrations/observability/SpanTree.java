package io.testmesh.integrations.observability;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Traces as a waterfall in text: a line a span, indented below its parent, with its time as a bar.
 */
final class SpanTree {
  private static final int BAR = 24;
  private static final int NAMES = 48;

  private final List<Span> spans;
  private final long start;
  private final long length;
  private final Set<String> shown = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private SpanTree(List<Span> spans) {
    this.spans = spans;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Span span : spans) {
      first = Math.min(first, span.startNanos());
      last = Math.max(last, span.endNanos());
    }
    this.start = first;
    this.length = Math.max(1, last - first);
  }

  /** The spans of a trace; those whose parent is not there begin a tree of their own. */
  static String of(List<Span> spans) {
    return spans.isEmpty() ? "" : new SpanTree(spans).draw();
  }

  private String draw() {
    Set<String> ids = new HashSet<>();
    spans.forEach(span -> ids.add(span.spanId()));
    for (Span span : spans) {
      if (span.parentId() == null || !ids.contains(span.parentId())) {
        add(span, 0);
      }
    }
    // Spans that are each other's parents would never be reached.
    for (Span span : spans) {
      add(span, 0);
    }
    return text.toString();
  }

  private void add(Span span, int depth) {
    if (!shown.add(span.spanId())) {
      return;
    }
    String name = "  ".repeat(depth) + span.service() + " " + span.operation();
    if (name.length() > NAMES) {
      name = name.substring(0, NAMES - 1) + "…";
    }
    text.append(text.length() == 0 ? "" : "\n").append(name);
    text.append(" ".repeat(NAMES - name.length() + 1)).append(bar(span));
    text.append(' ').append(span.millis().toPlainString()).append(" ms");
    if (span.status().equals("error")) {
      text.append("  error");
      text.append(span.statusMessage().isEmpty() ? "" : ": " + span.statusMessage());
    }
    for (Span child : spans) {
      if (span.spanId().equals(child.parentId())) {
        add(child, depth + 1);
      }
    }
  }

  private String bar(Span span) {
    int from = (int) ((span.startNanos() - start) * (BAR - 1) / length);
    int to = (int) Math.max(from + 1L, (span.endNanos() - start) * BAR / length);
    return "|" + " ".repeat(from) + "=".repeat(to - from) + " ".repeat(BAR - to) + "|";
  }
}

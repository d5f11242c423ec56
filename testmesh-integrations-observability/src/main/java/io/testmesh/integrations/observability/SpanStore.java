package io.testmesh.integrations.observability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The spans that a receiver was sent, up to a number; the traces that began first give way. Safe
 * for use by several threads.
 */
final class SpanStore {
  private final int most;
  private final Map<String, Map<String, Arrived>> traces = new LinkedHashMap<>();
  private CompletableFuture<@Nullable Void> next = new CompletableFuture<>();
  private long arrivals;
  private int count;

  /** The number of the youngest span that gave way; 0 when none did. */
  private long dropped;

  /** A store of at most so many spans. */
  SpanStore(int most) {
    this.most = most;
  }

  private record Arrived(Span span, long number) {}

  /** Takes spans; one that comes again, as after a lost answer, is the same one. */
  void add(List<Span> spans) {
    CompletableFuture<@Nullable Void> waiting;
    synchronized (this) {
      for (Span span : spans) {
        Map<String, Arrived> trace =
            traces.computeIfAbsent(full(span.traceId()), id -> new LinkedHashMap<>());
        count += trace.put(span.spanId(), new Arrived(span, ++arrivals)) == null ? 1 : 0;
      }
      shrink();
      waiting = next;
      next = new CompletableFuture<>();
    }
    waiting.complete(null);
  }

  private void shrink() {
    while (count > most) {
      Map.Entry<String, Map<String, Arrived>> oldest = traces.entrySet().iterator().next();
      Map<String, Arrived> spans = oldest.getValue();
      if (traces.size() > 1) {
        traces.remove(oldest.getKey());
        count -= spans.size();
        spans.values().forEach(this::noteDropped);
      } else {
        noteDropped(spans.remove(spans.keySet().iterator().next()));
        count--;
      }
    }
  }

  private void noteDropped(@Nullable Arrived arrived) {
    dropped = arrived == null ? dropped : Math.max(dropped, arrived.number);
  }

  /** Whether spans gave way that had arrived after so many others. */
  synchronized boolean hasDropped(long after) {
    return dropped > after;
  }

  /** Complete as soon as spans arrive after this call. */
  synchronized CompletionStage<@Nullable Void> next() {
    return next;
  }

  /** How many spans have arrived so far. */
  synchronized long arrivals() {
    return arrivals;
  }

  /** The spans of a trace, by their start. */
  synchronized List<Span> trace(String id) {
    List<Span> spans = new ArrayList<>();
    for (Arrived arrived : traces.getOrDefault(full(id), Map.of()).values()) {
      spans.add(arrived.span);
    }
    spans.sort(Comparator.comparingLong(Span::startNanos));
    return spans;
  }

  /**
   * The traces with such spans.
   *
   * @param operation null for any
   * @param after how many arrivals are too old
   */
  synchronized Set<String> search(String service, @Nullable String operation, long after) {
    Set<String> found = new LinkedHashSet<>();
    for (Map.Entry<String, Map<String, Arrived>> trace : traces.entrySet()) {
      for (Arrived arrived : trace.getValue().values()) {
        Span span = arrived.span;
        if (arrived.number > after
            && service.equals(span.service())
            && (operation == null || operation.equals(span.operation()))) {
          found.add(trace.getKey());
        }
      }
    }
    return found;
  }

  /** All 32 digits: some leave zeros at the front out. */
  private static String full(String id) {
    return "0".repeat(Math.max(0, 32 - id.length())) + id.toLowerCase(Locale.ROOT);
  }
}

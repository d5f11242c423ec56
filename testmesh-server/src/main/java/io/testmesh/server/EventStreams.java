package io.testmesh.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends the events of executions to those who listen, as server-sent events (WHATWG HTML 9.2). Each
 * reader reads the log itself: a slow one costs no memory. Safe for use by several threads.
 */
final class EventStreams {
  private static final int MOST_READERS = 50;
  private static final long HEARTBEAT_MILLIS = 10_000;

  private final AtomicInteger readers = new AtomicInteger();

  /**
   * The events of a log until it ends.
   *
   * @param after the number of the last event that the reader already has; 0 for none
   */
  Answer of(EventLog log, long after) throws RequestException {
    if (readers.incrementAndGet() > MOST_READERS) {
      readers.decrementAndGet();
      throw new RequestException(
              503, "TOO_MANY_READERS", "already " + MOST_READERS + " readers of events", null)
          .header("Retry-After", "5");
    }
    return exchange -> {
      try (OutputStream stream =
          exchange.stream(
              200,
              Map.of(
                  "Content-Type", "text/event-stream",
                  "Cache-Control", "no-store",
                  "X-Content-Type-Options", "nosniff"))) {
        send(log, after, stream);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        readers.decrementAndGet();
      }
    };
  }

  private static void send(EventLog log, long after, OutputStream stream)
      throws IOException, InterruptedException {
    long number = after;
    boolean ended = false;
    // The first byte says that the stream is open, long before the first event of a slow start.
    write(stream, ": events\n\n");
    while (!ended) {
      EventLog.Batch batch = log.after(number, HEARTBEAT_MILLIS);
      StringBuilder text = new StringBuilder();
      for (EventLog.Line line : batch.lines()) {
        if (line.number() > number + 1) {
          text.append("event: events_lost\ndata: {\"event\":\"events_lost\",\"count\":")
              .append(line.number() - number - 1)
              .append("}\n\n");
        }
        number = line.number();
        text.append("id: ").append(number).append("\nevent: ").append(line.event());
        text.append("\ndata: ").append(line.json()).append("\n\n");
      }
      ended = batch.ended();
      // Writing is the only way to find out that a reader went away.
      write(stream, text.isEmpty() && !ended ? ": still here\n\n" : text.toString());
    }
  }

  private static void write(OutputStream stream, String text) throws IOException {
    stream.write(text.getBytes(StandardCharsets.UTF_8));
    stream.flush();
  }
}

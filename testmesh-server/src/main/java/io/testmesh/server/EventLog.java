package io.testmesh.server;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The events of one execution as lines of JSON, for readers that come early or late, quick or slow.
 * It keeps no more than so many bytes; the oldest lines go first, and who missed them is told. Safe
 * for use by several threads.
 */
final class EventLog extends OutputStream {
  private static final int MOST_AT_ONCE = 100;
  private static final int LINE_OVERHEAD = 64;

  private final long mostBytes;
  private final Deque<Line> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private long last;
  private long bytes;
  private boolean ended;

  /**
   * A line.
   *
   * @param number from 1, without gaps
   * @param event the event's name
   * @param json the whole record
   */
  record Line(long number, String event, String json) {}

  /**
   * What a reader is given.
   *
   * @param lines the next lines; empty when none came in time
   * @param ended whether nothing follows them
   */
  record Batch(List<Line> lines, boolean ended) {}

  EventLog(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] data, int offset, int length) {
    int begin = offset;
    for (int i = offset; i < offset + length; i++) {
      if (data[i] == '\n') {
        open.write(data, begin, i - begin);
        begin = i + 1;
        add(open.toString(StandardCharsets.UTF_8));
        open.reset();
      }
    }
    open.write(data, begin, offset + length - begin);
  }

  private void add(String json) {
    lines.add(new Line(++last, event(json), json));
    bytes += size(json);
    while (bytes > mostBytes && lines.size() > 1) {
      bytes -= size(lines.remove().json());
    }
    notifyAll();
  }

  private static long size(String json) {
    return json.length() + (long) LINE_OVERHEAD;
  }

  /** Each record begins with {@code {"event":"NAME"}. */
  private static String event(String json) {
    int begin = json.indexOf(':') + 2;
    int end = json.indexOf('"', begin);
    return begin < 2 || end < 0 ? "event" : json.substring(begin, end);
  }

  /** Says that no more events come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Whether nothing follows the line of that number. */
  synchronized boolean isOver(long number) {
    return ended && number >= last;
  }

  /** How many events there were. */
  synchronized long count() {
    return last;
  }

  /** How much memory they take, roughly. */
  synchronized long bytes() {
    return bytes;
  }

  /** Waits for lines after the one of that number. */
  synchronized Batch after(long number, long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (last <= number && !ended && left > 0) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
    List<Line> next = new ArrayList<>();
    for (Line line : lines) {
      if (line.number() > number && next.size() < MOST_AT_ONCE) {
        next.add(line);
      }
    }
    long reached = next.isEmpty() ? number : next.get(next.size() - 1).number();
    return new Batch(next, ended && reached >= last);
  }
}

package io.testmesh.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON in UTF-8 with the field types of the reports: into a stream, or into memory until
 * somebody takes it. Not safe for use by several threads.
 *
 * <p>Written here and for this: a report must not slow the run that it tells of, and the command
 * line's first compiler makes little of the layers of a general library.
 */
final class JsonOutput implements BiConsumer<@Nullable Object, @Nullable Object> {
  private static final int LARGE = 1 << 15;

  /** The part of a text that is written without another look at the room; 6 bytes a character. */
  private static final int PART = 1 << 10;

  private static final int LONGEST_KNOWN = 64;

  private final @Nullable OutputStream stream;
  private final boolean[] plain;
  private byte[] bytes = new byte[LARGE];
  private int size;

  /** Whether a comma has to come before what comes next. */
  private boolean separate;

  /** Fields that were written before, and their texts with a comma and a colon. */
  private final @Nullable String[] names = new String[1 << 9];

  private final byte[][] nameTexts = new byte[names.length][];
  private long second = Long.MIN_VALUE;
  private String secondText = "";

  private JsonOutput(@Nullable OutputStream stream, boolean inHtml) {
    this.stream = stream;
    this.plain = JsonEscapes.plain(inHtml);
  }

  /** Writes to a stream, which stays open. */
  static JsonOutput to(OutputStream stream) {
    return new JsonOutput(stream, false);
  }

  /** Writes to a stream what may stand between the tags of a script of an HTML page. */
  static JsonOutput toScript(OutputStream stream) {
    return new JsonOutput(stream, true);
  }

  /** Collects in memory. */
  static JsonOutput inMemory() {
    return new JsonOutput(null, false);
  }

  /** A copy of what was collected. */
  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  /** How many bytes were collected. */
  int size() {
    return size;
  }

  /** Writes what was collected to a stream. */
  void copyTo(OutputStream to) throws IOException {
    to.write(bytes, 0, size);
  }

  /** Throws away what was collected; the next field comes without a comma. */
  void clear() {
    if (bytes.length > 32 * LARGE) {
      bytes = new byte[LARGE];
    }
    size = 0;
    separate = false;
  }

  /** Hands everything to the stream. */
  void flush() throws IOException {
    drain();
    if (stream != null) {
      stream.flush();
    }
  }

  private void drain() throws IOException {
    if (stream != null && size > 0) {
      stream.write(bytes, 0, size);
      size = 0;
    }
  }

  void startObject() throws IOException {
    separator();
    put('{');
    separate = false;
  }

  void endObject() throws IOException {
    put('}');
    separate = true;
  }

  void startList(String name) throws IOException {
    name(name);
    put('[');
    separate = false;
  }

  void endList() throws IOException {
    put(']');
    separate = true;
  }

  /** Opens an object as a field. */
  void object(String name) throws IOException {
    name(name);
    put('{');
    separate = false;
  }

  /** Writes a field; every text that is not in JSON's nature is written as its text. */
  void field(String name, @Nullable Object value) throws IOException {
    name(name);
    value(value);
  }

  /** Writes a field. */
  void field(String name, long value) throws IOException {
    name(name);
    number(value);
  }

  /** Writes a duration as whole milliseconds, rounded. */
  void millis(String name, Duration duration) throws IOException {
    field(name, duration.getSeconds() * 1000 + (duration.getNano() + 500_000) / 1_000_000);
  }

  /** Writes an instant in UTC with milliseconds; null for one that is not known. */
  void instant(String name, Instant instant) throws IOException {
    name(name);
    if (instant.equals(Instant.EPOCH)) {
      ascii("null");
    } else {
      if (instant.getEpochSecond() != second) {
        second = instant.getEpochSecond();
        String text = InstantText.of(instant);
        secondText = text.substring(0, text.length() - "000Z".length());
      }
      int millis = instant.getNano() / 1_000_000;
      put('"');
      ascii(secondText);
      put(millis / 100 + '0');
      put(millis / 10 % 10 + '0');
      put(millis % 10 + '0');
      ascii("Z\"");
    }
    separate = true;
  }

  /** Writes ASCII that is JSON already, its separators included. */
  void raw(String json) throws IOException {
    ascii(json);
    separate = false;
  }

  /** Says that somebody else wrote a field: a comma comes before the next. */
  void expectMore() {
    separate = true;
  }

  /** Writes whole fields that are JSON already; a comma comes before them where one is needed. */
  void fields(byte[] json, int length) throws IOException {
    separator();
    require(length);
    System.arraycopy(json, 0, bytes, size, length);
    size += length;
    separate = true;
  }

  void value(@Nullable Object value) throws IOException {
    if (value instanceof String text) {
      separator();
      text(text);
    } else if (value == null) {
      separator();
      ascii("null");
    } else if (value instanceof Number number) {
      separator();
      number(number);
    } else if (value instanceof Boolean truth) {
      separator();
      ascii(truth ? "true" : "false");
    } else if (value instanceof Map<?, ?> map) {
      map(map);
    } else if (value instanceof Iterable<?> list) {
      list(list);
    } else {
      separator();
      text(value.toString());
    }
    separate = true;
  }

  private void map(Map<?, ?> map) throws IOException {
    startObject();
    try {
      // Half the time of an iterator, which most maps wrap twice.
      map.forEach(this);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    put('}');
  }

  /** Writes an entry of a map. */
  @Override
  public void accept(@Nullable Object key, @Nullable Object value) {
    try {
      name(String.valueOf(key));
      value(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void list(Iterable<?> list) throws IOException {
    separator();
    put('[');
    separate = false;
    for (Object item : list) {
      value(item);
    }
    put(']');
  }

  private void number(Number number) throws IOException {
    if (number instanceof Long || number instanceof Integer) {
      number(number.longValue());
    } else if (number instanceof Double decimal) {
      decimal(decimal);
    } else {
      ascii(number.toString());
    }
  }

  private void decimal(double number) throws IOException {
    // Most are amounts with two digits, for which Double.toString of Java 17 takes 20 times longer.
    long hundredths = Math.round(number * 100);
    if (hundredths >= 1 && hundredths < 1_000_000_000 && hundredths / 100.0 == number) {
      number(hundredths / 100);
      put('.');
      put((int) (hundredths / 10 % 10) + '0');
      if (hundredths % 10 != 0) {
        put((int) (hundredths % 10) + '0');
      }
    } else if (Double.isFinite(number)) {
      ascii(Double.toString(number));
    } else {
      text(Double.toString(number));
    }
  }

  private void number(long number) throws IOException {
    if (number < 0 || number > 999_999_999) {
      ascii(Long.toString(number));
    } else {
      int rest = (int) number;
      int digits = 1;
      for (int limit = 10; limit <= rest && digits < 9; limit *= 10) {
        digits++;
      }
      require(digits);
      for (int at = size + digits - 1; at >= size; at--) {
        bytes[at] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      size += digits;
    }
    separate = true;
  }

  private void name(String name) throws IOException {
    // Maps know the hashes of their keys, so that this is no more than a look.
    int hash = name.hashCode();
    int slot = (hash ^ hash >>> 9) & names.length - 1;
    if (name.equals(names[slot])) {
      byte[] known = nameTexts[slot];
      int skipped = separate ? 0 : 1;
      require(known.length);
      System.arraycopy(known, skipped, bytes, size, known.length - skipped);
      size += known.length - skipped;
    } else if (name.length() <= LONGEST_KNOWN) {
      separator();
      require(6 * name.length() + 3);
      int start = size;
      text(name);
      put(':');
      byte[] known = new byte[size - start + 1];
      known[0] = ',';
      System.arraycopy(bytes, start, known, 1, size - start);
      nameTexts[slot] = known;
      names[slot] = name;
    } else {
      separator();
      text(name);
      put(':');
    }
    separate = false;
  }

  private void separator() throws IOException {
    if (separate) {
      put(',');
    }
  }

  @SuppressWarnings("deprecation") // Wrong for other characters; the quickest way for ASCII.
  private void ascii(String text) throws IOException {
    int length = text.length();
    require(length);
    text.getBytes(0, length, bytes, size);
    size += length;
  }

  private void put(int character) throws IOException {
    require(1);
    bytes[size++] = (byte) character;
  }

  private void text(String text) throws IOException {
    int length = text.length();
    int at = 0;
    put('"');
    while (at < length) {
      int end = Math.min(length, at + PART);
      require(6 * (end - at) + 1);
      at = part(text, at, end);
    }
    put('"');
  }

  private int part(String text, int from, int end) {
    byte[] to = bytes;
    int length = size;
    int at = from;
    while (at < end) {
      char c = text.charAt(at);
      if (c < plain.length && plain[c]) {
        to[length++] = (byte) c;
        at++;
      } else {
        int point = JsonEscapes.codePoint(text, at);
        length = JsonEscapes.put(point, to, length, plain);
        at += Character.charCount(point);
      }
    }
    size = length;
    return at;
  }

  /** Makes room for so many bytes. */
  private void require(int count) throws IOException {
    if (count > bytes.length - size) {
      drain();
      if (count > bytes.length - size) {
        int doubled = (int) Math.min(Integer.MAX_VALUE - 16L, 2L * bytes.length);
        bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, count), doubled));
      }
    }
  }
}

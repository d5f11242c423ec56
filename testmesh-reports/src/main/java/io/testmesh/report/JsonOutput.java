package io.testmesh.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON text with the field types of the reports. Not safe for use by several threads.
 */
final class JsonOutput {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(1_000_000).build())
          .build();

  private final JsonGenerator to;

  /** Writes UTF-8 to a stream, which stays open. */
  JsonOutput(OutputStream stream) throws IOException {
    to = FACTORY.createGenerator(stream, JsonEncoding.UTF8);
    // Separators between several values are the caller's.
    to.setRootValueSeparator(null);
  }

  /** Escapes more characters than JSON asks for, from the next text on. */
  void escape(CharacterEscapes escapes) {
    to.setCharacterEscapes(escapes);
  }

  void startObject() throws IOException {
    to.writeStartObject();
  }

  void endObject() throws IOException {
    to.writeEndObject();
  }

  void startList(String name) throws IOException {
    to.writeArrayFieldStart(name);
  }

  void endList() throws IOException {
    to.writeEndArray();
  }

  /** Opens an object as a field. */
  void object(String name) throws IOException {
    to.writeObjectFieldStart(name);
  }

  /** Writes a field; every text that is not in JSON's nature is written as its text. */
  void field(String name, @Nullable Object value) throws IOException {
    to.writeFieldName(name);
    value(value);
  }

  /** Writes a duration as whole milliseconds, rounded. */
  void millis(String name, Duration duration) throws IOException {
    to.writeNumberField(name, duration.plusNanos(500_000).toMillis());
  }

  /** Writes an instant in UTC with milliseconds; null for one that is not known. */
  void instant(String name, Instant instant) throws IOException {
    to.writeFieldName(name);
    if (instant.equals(Instant.EPOCH)) {
      to.writeNull();
    } else {
      to.writeString(text(instant));
    }
  }

  /** Writes text that is JSON already in the place of a value of a list. */
  void raw(String json) throws IOException {
    to.writeRaw(json);
  }

  void flush() throws IOException {
    to.flush();
  }

  void value(@Nullable Object value) throws IOException {
    if (value == null) {
      to.writeNull();
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Boolean truth) {
      to.writeBoolean(truth);
    } else if (value instanceof Map<?, ?> map) {
      to.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        field(whole(String.valueOf(entry.getKey())), entry.getValue());
      }
      to.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      to.writeStartArray();
      for (Object item : list) {
        value(item);
      }
      to.writeEndArray();
    } else {
      to.writeString(whole(value.toString()));
    }
  }

  /** The text with a question mark for half a surrogate pair, which UTF-8 cannot hold. */
  private static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }

  private void number(Number number) throws IOException {
    if (number instanceof Long || number instanceof Integer) {
      to.writeNumber(number.longValue());
    } else if (Double.isFinite(number.doubleValue()) || !(number instanceof Double)) {
      to.writeNumber(number.toString());
    } else {
      to.writeString(number.toString());
    }
  }

  /** The instant as ISO 8601 in UTC, always with three digits after the second. */
  static String text(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(24);
    padded(text, time.getYear(), 4).append('-');
    padded(text, time.getMonthValue(), 2).append('-');
    padded(text, time.getDayOfMonth(), 2).append('T');
    padded(text, time.getHour(), 2).append(':');
    padded(text, time.getMinute(), 2).append(':');
    padded(text, time.getSecond(), 2).append('.');
    return padded(text, time.getNano() / 1_000_000, 3).append('Z').toString();
  }

  private static StringBuilder padded(StringBuilder to, int number, int width) {
    String digits = Integer.toString(number);
    for (int i = digits.length(); i < width; i++) {
      to.append('0');
    }
    return to.append(digits);
  }
}

package io.testmesh.plugin.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.testmesh.plugin.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as it goes over the wire: UTF-8, each key once, numbers with all their digits. Whole numbers
 * are read as Long or BigInteger, others as Double where that is exact, else as BigDecimal. Safe
 * for use by several threads.
 */
public final class JsonBytes {
  private static final int DEEPEST = 1000;
  private static final int LONGEST_NUMBER = 10_000;

  private final JsonFactory factory =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Else bytes are taken for UTF-16 or UTF-32 when they look so.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(10 * DEEPEST).build())
          .build();
  private final JsonFactory escaping =
      new JsonFactoryBuilder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(10 * DEEPEST).build())
          .build();

  /** A reader and writer. */
  public JsonBytes() {}

  /**
   * Reads one document.
   *
   * @throws Fault when the bytes are anything else
   */
  public @Nullable Object read(byte[] bytes) throws Fault {
    int start = bomLength(bytes);
    try (JsonParser parser = factory.createParser(bytes, start, bytes.length - start)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new Fault("the body is empty", 0, null);
      }
      Object value = value(parser, first);
      if (parser.nextToken() != null) {
        int at = offset(parser.currentTokenLocation(), start);
        throw new Fault("more text after the end of the JSON document", at, null);
      }
      return value;
    } catch (JsonProcessingException e) {
      int at = offset(e.getLocation(), start);
      throw new Fault(words(e), Math.min(at, bytes.length), hint(bytes, at));
    } catch (IOException e) {
      // Bytes that are no UTF-8; the parser does not say where.
      throw new Fault(String.valueOf(e.getMessage()), 0, null);
    }
  }

  private static int bomLength(byte[] bytes) {
    boolean bom =
        bytes.length >= 3
            && bytes[0] == (byte) 0xef
            && bytes[1] == (byte) 0xbb
            && bytes[2] == (byte) 0xbf;
    return bom ? 3 : 0;
  }

  private static int offset(@Nullable JsonLocation at, int start) {
    long offset = at == null ? 0 : at.getByteOffset();
    return (int) Math.max(0, offset < 0 ? 0 : offset + start);
  }

  private static String words(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    // What follows are classes of the parser, of no use to anybody.
    int source = message.indexOf(" (start marker at");
    return Plain.cut(Plain.line(source < 0 ? message : message.substring(0, source)), 300);
  }

  /** What NaN and Infinity are replaced by is known, and everybody meets them. */
  private static @Nullable String hint(byte[] bytes, int at) {
    int from = Math.max(0, at - 12);
    String near = PluginReply.excerpt(bytes, from);
    String close = near.substring(0, Math.min(near.length(), 24));
    return close.contains("NaN") || close.contains("Infinity")
        ? "JSON has no NaN and no Infinity: send null or a text instead"
            + " (in Python, json.dumps(…, allow_nan=False) finds them)"
        : null;
  }

  private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token)
      throws IOException {
    return switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
      case START_OBJECT -> map(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException("unexpected " + token);
    };
  }

  private static Number integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> (Number) parser.getLongValue();
      default -> parser.getBigIntegerValue();
    };
  }

  /** A double where the text is the shortest one that reads as it, so that no digit is lost. */
  private static Number decimal(String text) {
    double value = Double.parseDouble(text);
    // Up to 15 digits survive the way through a double (IEEE 754), unless the exponent is extreme.
    if (text.length() <= 16 && Math.abs(value) >= 1e-300 && Math.abs(value) <= 1e300) {
      return value;
    }
    BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
    if (Double.isInfinite(value) || exact.precision() > 17) {
      return new BigDecimal(text);
    }
    MathContext digits = new MathContext(exact.precision());
    MathContext fewer = new MathContext(Math.max(1, exact.precision() - 1));
    boolean kept = new BigDecimal(value).round(digits).compareTo(exact) == 0;
    boolean shortest = exact.precision() == 1 || exact.round(fewer).doubleValue() != value;
    return kept && shortest ? (Number) value : new BigDecimal(text);
  }

  private static Map<String, @Nullable Object> map(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      map.put(key, value(parser, parser.nextToken()));
    }
    return Collections.unmodifiableMap(map);
  }

  private static List<@Nullable Object> list(JsonParser parser) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      list.add(value(parser, next));
    }
    return Collections.unmodifiableList(list);
  }

  /** Writes a JSON-like value. */
  public byte[] write(@Nullable Object value) {
    try {
      return write(factory, value);
    } catch (IOException e) {
      // Half a surrogate pair has no UTF-8, but an escape.
      try {
        return write(escaping, value);
      } catch (IOException again) {
        throw new UncheckedIOException(again);
      }
    }
  }

  private static byte[] write(JsonFactory factory, @Nullable Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator to = factory.createGenerator(bytes)) {
      JsonWriter.write(to, value);
    }
    return bytes.toByteArray();
  }

  /** Bytes that are no JSON document. */
  public static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final @Nullable String hint;

    Fault(String message, int offset, @Nullable String hint) {
      super(message);
      this.offset = offset;
      this.hint = hint;
    }

    /** Where, in bytes from the start. */
    public int offset() {
      return offset;
    }

    /** The cure, or null. */
    public @Nullable String hint() {
      return hint;
    }
  }
}

package io.testmesh.plugin.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text that was read: its value, the place of each part, and all that is wrong with it.
 * Objects are maps in the order of the text, whole numbers {@code Long} or {@code BigInteger},
 * others {@code Double} where that is exact, else {@code BigDecimal}.
 *
 * @param value the value; null for the JSON null and where the text is no JSON
 * @param places line and column of each value, by its JSON pointer ({@code ""} is the whole)
 * @param faults what is wrong, in the text's order; a fault of syntax or a limit is the last
 * @param marked whether the text began with a byte order mark
 */
public record JsonDocument(
    @Nullable Object value, Map<String, Place> places, List<JsonFault> faults, boolean marked) {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int DEEPEST = 64;

  /** Beyond it a number is a trap: turning it into a whole one takes all memory. */
  private static final int LARGEST_EXPONENT = 400;

  /** Copies the list. */
  public JsonDocument {
    faults = List.copyOf(faults);
  }

  /** Where a value begins, both from 1. */
  public record Place(int line, int column) {}

  /** Reads bytes: UTF-8 and nothing else, a byte order mark is passed over. */
  public static JsonDocument read(byte[] bytes) {
    Utf8 text = Utf8.decode(bytes);
    JsonFault fault = text.fault();
    if (fault != null) {
      return new JsonDocument(null, Map.of(), List.of(fault), text.marked());
    }
    return new Reader(text.text(), text.marked()).read();
  }

  /** The value when it is an object and nothing is wrong with the text, else null. */
  @SuppressWarnings("unchecked")
  public @Nullable Map<String, @Nullable Object> object() {
    return faults.isEmpty() && value instanceof Map<?, ?>
        ? (Map<String, @Nullable Object>) value
        : null;
  }

  /** Where a part of the text begins; the beginning when it is not known. */
  public Place place(String pointer) {
    Place place = places.get(pointer);
    return place == null ? new Place(1, 1) : place;
  }

  /** A pointer's next part (RFC 6901). */
  public static String pointer(String parent, String key) {
    return parent + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  /** Reads one text; the state of the reading. */
  private static final class Reader {
    private final String text;
    private final boolean marked;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<JsonFault> faults = new ArrayList<>();

    Reader(String text, boolean marked) {
      this.text = text;
      this.marked = marked;
    }

    JsonDocument read() {
      Object value = null;
      try (JsonParser parser = FACTORY.createParser(text)) {
        try {
          if (parser.nextToken() == null) {
            fault(JsonFault.Kind.SYNTAX, "the file is empty", 1, 1);
          } else {
            value = value(parser, "", 1);
            if (parser.nextToken() != null) {
              fault(JsonFault.Kind.SYNTAX, "something follows the end", parser);
              value = null;
            }
          }
        } catch (TooMuch limit) {
          fault(JsonFault.Kind.LIMIT, limit.said, parser);
          value = null;
        } catch (StreamConstraintsException limit) {
          fault(JsonFault.Kind.LIMIT, "a number or name is too long", parser);
          value = null;
        } catch (JsonProcessingException wrong) {
          faults.add(SyntaxText.of(text, wrong));
          value = null;
        }
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible); // a text has no input that could fail
      }
      return new JsonDocument(value, places, faults, marked);
    }

    private @Nullable Object value(JsonParser parser, String pointer, int depth)
        throws IOException, TooMuch {
      if (depth > DEEPEST) {
        throw new TooMuch("nested more than " + DEEPEST + " levels deep");
      }
      JsonLocation start = parser.currentTokenLocation();
      places.put(pointer, new Place(start.getLineNr(), start.getColumnNr()));
      return switch (parser.currentToken()) {
        case START_OBJECT -> object(parser, pointer, depth);
        case START_ARRAY -> array(parser, pointer, depth);
        case VALUE_STRING -> string(parser, parser.getText());
        case VALUE_NUMBER_INT -> whole(parser);
        case VALUE_NUMBER_FLOAT -> decimal(parser);
        case VALUE_TRUE -> Boolean.TRUE;
        case VALUE_FALSE -> Boolean.FALSE;
        default -> null;
      };
    }

    private Map<String, @Nullable Object> object(JsonParser parser, String pointer, int depth)
        throws IOException, TooMuch {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = string(parser, parser.currentName());
        String below = pointer(pointer, key);
        if (members.containsKey(key)) {
          Place first = places.getOrDefault(below, new Place(1, 1));
          String said = "the key \"" + key + "\" is there twice, first in line " + first.line();
          fault(JsonFault.Kind.DUPLICATE, said, parser);
        }
        parser.nextToken();
        Object member = value(parser, below, depth + 1);
        members.put(key, member);
      }
      return members;
    }

    private List<@Nullable Object> array(JsonParser parser, String pointer, int depth)
        throws IOException, TooMuch {
      List<@Nullable Object> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser, pointer + "/" + items.size(), depth + 1));
      }
      return items;
    }

    private String string(JsonParser parser, String read) {
      for (int i = 0; i < read.length(); i++) {
        char c = read.charAt(i);
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < read.length()
                && Character.isLowSurrogate(read.charAt(i + 1));
        if (pair) {
          i++;
        } else if (Character.isSurrogate(c)) {
          String escape = "\\u" + Integer.toHexString(c);
          fault(JsonFault.Kind.ENCODING, "the text holds half a character: " + escape, parser);
          break;
        }
      }
      return read;
    }

    private static Number whole(JsonParser parser) throws IOException {
      return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? parser.getBigIntegerValue()
          : (Number) parser.getLongValue();
    }

    private static Number decimal(JsonParser parser) throws IOException, TooMuch {
      BigDecimal exact = parser.getDecimalValue();
      if (Math.abs((long) exact.precision() - exact.scale()) > LARGEST_EXPONENT) {
        throw new TooMuch("the number " + parser.getText() + " has too large an exponent");
      }
      double near = exact.doubleValue();
      boolean same = Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(exact) == 0;
      return same ? (Number) near : exact;
    }

    private void fault(JsonFault.Kind kind, String said, JsonParser parser) {
      JsonLocation at = parser.currentTokenLocation();
      fault(kind, said, at.getLineNr(), at.getColumnNr());
    }

    private void fault(JsonFault.Kind kind, String said, int line, int column) {
      faults.add(new JsonFault(kind, said, Math.max(line, 1), Math.max(column, 1)));
    }
  }

  /** Ends the reading at a limit. */
  private static final class TooMuch extends Exception {
    private static final long serialVersionUID = 1L;
    private final String said;

    TooMuch(String said) {
      super(said, null, false, false);
      this.said = said;
    }
  }
}

package io.testmesh.plugin.host;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import io.testmesh.plugin.json.JsonDocument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON-like value as the validator of schemas looks at it. Immutable as far as the value is. */
final class SchemaNode implements JsonNode {
  private final @Nullable Object value;
  private final String pointer;
  private final SimpleType type;

  private SchemaNode(@Nullable Object value, String pointer) {
    this.value = value;
    this.pointer = pointer;
    this.type = type(value);
  }

  /** Wraps values, and reads the texts of the validator's own schemas. */
  static JsonNodeFactory factory() {
    return new JsonNodeFactory() {
      @Override
      public JsonNode wrap(Object value) {
        return value instanceof JsonNode node ? node : of(value);
      }

      @Override
      public JsonNode create(String text) {
        return of(JsonDocument.read(text.getBytes(StandardCharsets.UTF_8)).value());
      }
    };
  }

  static SchemaNode of(@Nullable Object value) {
    return new SchemaNode(value, "");
  }

  private static SimpleType type(@Nullable Object value) {
    if (value == null) {
      return SimpleType.NULL;
    }
    if (value instanceof Map) {
      return SimpleType.OBJECT;
    }
    if (value instanceof Iterable) {
      return SimpleType.ARRAY;
    }
    if (value instanceof Boolean) {
      return SimpleType.BOOLEAN;
    }
    if (value instanceof Number number) {
      // A number without a fraction is an integer, however it is written (2020-12, 4.2.3).
      return isWhole(number) ? SimpleType.INTEGER : SimpleType.NUMBER;
    }
    return SimpleType.STRING;
  }

  private static boolean isWhole(Number number) {
    return number instanceof Long
        || number instanceof Integer
        || number instanceof BigInteger
        || decimal(number).stripTrailingZeros().scale() <= 0;
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
  }

  @Override
  public String getJsonPointer() {
    return pointer;
  }

  @Override
  public SimpleType getNodeType() {
    return type;
  }

  @Override
  public boolean asBoolean() {
    return Boolean.TRUE.equals(value);
  }

  @Override
  public String asString() {
    return String.valueOf(value);
  }

  @Override
  public BigInteger asInteger() {
    return asNumber().toBigInteger();
  }

  /** Without zeros at the end: the validator takes 1.5 and 1.50 for different numbers. */
  @Override
  public BigDecimal asNumber() {
    return value instanceof Number number ? decimal(number).stripTrailingZeros() : BigDecimal.ZERO;
  }

  @Override
  public List<JsonNode> asArray() {
    List<JsonNode> items = new ArrayList<>();
    if (value instanceof Iterable<?> list) {
      for (Object item : list) {
        items.add(new SchemaNode(item, pointer + "/" + items.size()));
      }
    }
    return items;
  }

  @Override
  public Map<String, JsonNode> asObject() {
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, item) -> {
            String name = String.valueOf(key);
            entries.put(
                name, new SchemaNode(item, pointer + "/" + JsonNode.encodeJsonPointer(name)));
          });
    }
    return entries;
  }

  /** Equal values are equal nodes, wherever they stand: {@code enum} and {@code const} ask. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SchemaNode node && sameValue(node);
  }

  private boolean sameValue(SchemaNode other) {
    if (isNumber() && other.isNumber()) {
      return asNumber().compareTo(other.asNumber()) == 0;
    }
    if (type != other.type) {
      return false;
    }
    return switch (type) {
      case OBJECT -> asObject().equals(other.asObject());
      case ARRAY -> asArray().equals(other.asArray());
      case NULL -> true;
      default -> asString().equals(other.asString());
    };
  }

  @Override
  public int hashCode() {
    return switch (type) {
      case OBJECT -> asObject().hashCode();
      case ARRAY -> asArray().hashCode();
      case INTEGER, NUMBER -> asNumber().hashCode();
      default -> asString().hashCode();
    };
  }
}

package io.testmesh.engine.expression;

import io.testmesh.engine.value.ValueText;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that are written down: plain ones, lists, maps, and texts with placeholders. */
final class Literals {
  private Literals() {}

  /** A number, a text, true, false, null or bytes. */
  static final class Literal extends Node {
    final @Nullable Object constant;

    /** All digits of a decimal number that a double does not keep, else null. */
    private final @Nullable BigDecimal exact;

    Literal(int start, int end, @Nullable Object constant) {
      this(start, end, constant, null);
    }

    Literal(int start, int end, @Nullable Object constant, @Nullable BigDecimal exact) {
      super(start, end);
      this.constant = constant;
      this.exact = exact;
    }

    /** The value beside another: all digits beside a number that has them too. */
    static @Nullable Object beside(@Nullable Object other, Node node, @Nullable Object value) {
      BigDecimal exact = other instanceof BigDecimal ? node.allDigits() : null;
      return exact == null ? value : exact;
    }

    @Override
    @Nullable BigDecimal allDigits() {
      return exact;
    }

    @Override
    @Nullable Object eval(Evaluation e) {
      return constant;
    }

    @Override
    boolean isLiteral() {
      return true;
    }
  }

  /** {@code [1, 2]}. */
  static final class ListLiteral extends Node {
    private final Node[] items;

    ListLiteral(int start, int end, Node[] items) {
      super(start, end);
      this.items = items;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      e.items(this, items.length);
      @Nullable Object[] values = new @Nullable Object[items.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = items[i].value(e);
      }
      return Collections.unmodifiableList(Arrays.asList(values));
    }

    @Override
    Node[] children() {
      return items;
    }

    @Override
    boolean isLiteral() {
      return areLiterals(items);
    }
  }

  /** {@code {a: 1, (key): 2}}; of equal keys the first counts, as in expr-lang. */
  static final class MapLiteral extends Node {
    private final Node[] parts;

    /** The parts are keys and values by turns. */
    MapLiteral(int start, int end, Node[] parts) {
      super(start, end);
      this.parts = parts;
    }

    @Override
    Object eval(Evaluation e) throws ExpressionException {
      e.items(this, parts.length / 2);
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < parts.length; i += 2) {
        Object key = parts[i].value(e);
        if (!(key instanceof String name)) {
          throw parts[i].failure("a key of a map is a text, got " + Words.of(key));
        }
        Object value = parts[i + 1].value(e);
        if (!map.containsKey(name)) {
          map.put(name, value);
        }
      }
      return Collections.unmodifiableMap(map);
    }

    @Override
    Node[] children() {
      return parts;
    }

    @Override
    boolean isLiteral() {
      return areLiterals(parts);
    }
  }

  /**
   * A text with placeholders: the value itself where the text is one placeholder and nothing else,
   * else a text.
   */
  static final class TextLiteral extends Node {
    private final Node[] parts;

    TextLiteral(int start, int end, Node[] parts) {
      super(start, end);
      this.parts = parts;
    }

    @Override
    @Nullable Object eval(Evaluation e) throws ExpressionException {
      if (parts.length == 1) {
        return parts[0].value(e);
      }
      StringBuilder text = new StringBuilder();
      for (Node part : parts) {
        text.append(ValueText.text(ValueTypes.toJson(part.value(e))));
      }
      e.characters(this, text.length());
      return text.toString();
    }

    @Override
    @Nullable Object valueOrAbsent(Evaluation e) throws ExpressionException {
      return parts.length == 1 ? parts[0].valueOrAbsent(e) : value(e);
    }

    @Override
    void tolerate(Absence absence) {
      if (parts.length == 1) {
        parts[0].tolerate(absence);
      }
    }

    @Override
    Node[] children() {
      return parts;
    }
  }

  static boolean areLiterals(Node[] nodes) {
    for (Node node : nodes) {
      if (!node.isLiteral()) {
        return false;
      }
    }
    return true;
  }
}

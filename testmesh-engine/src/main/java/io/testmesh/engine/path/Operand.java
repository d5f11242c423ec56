package io.testmesh.engine.path;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a filter compares or gives to a function: a value, or {@link JsonPath#ABSENT}. */
sealed interface Operand extends Term
    permits Query, Operand.Literal, Operand.Length, Operand.Count, Operand.OnlyValue {
  @Nullable Object value(@Nullable Object current, Evaluation evaluation);

  /** A text, number, true, false or null. */
  record Literal(@Nullable Object literal) implements Operand {
    @Override
    public @Nullable Object value(@Nullable Object current, Evaluation evaluation) {
      return literal;
    }
  }

  /** {@code length()}: of a text in characters, of a list or map its size (RFC 9535, 2.4.4). */
  record Length(Operand of) implements Operand {
    @Override
    public @Nullable Object value(@Nullable Object current, Evaluation evaluation) {
      Object value = of.value(current, evaluation);
      if (value instanceof String text) {
        evaluation.add(text.length() / 16);
        return (long) text.codePointCount(0, text.length());
      }
      if (value instanceof List<?> list) {
        return (long) list.size();
      }
      return value instanceof Map<?, ?> map ? (Object) (long) map.size() : JsonPath.ABSENT;
    }
  }

  /** {@code count()}: how many nodes there are (RFC 9535, 2.4.5). */
  record Count(Query of) implements Operand {
    @Override
    public @Nullable Object value(@Nullable Object current, Evaluation evaluation) {
      return (long) of.nodesFrom(current, evaluation).size();
    }
  }

  /** {@code value()}: of the one node, if there is exactly one (RFC 9535, 2.4.8). */
  record OnlyValue(Query of) implements Operand {
    @Override
    public @Nullable Object value(@Nullable Object current, Evaluation evaluation) {
      Nodes nodes = of.nodesFrom(current, evaluation);
      return nodes.size() == 1 ? nodes.value(0) : JsonPath.ABSENT;
    }
  }
}

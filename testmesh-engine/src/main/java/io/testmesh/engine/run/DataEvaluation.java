package io.testmesh.engine.run;

import io.testmesh.Evaluation;
import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.PathSelection;
import io.testmesh.engine.expression.ValueTypes;
import io.testmesh.engine.path.JsonPath;
import io.testmesh.engine.path.PathException;
import io.testmesh.engine.path.PathLimitException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates single expressions and paths over data. */
final class DataEvaluation {
  private DataEvaluation() {}

  static Evaluation evaluate(String text, @Nullable Object data) {
    Expression expression;
    try {
      expression = Expression.parse(text);
    } catch (ExpressionException e) {
      return error("parse", e.code(), e.getMessage(), e.hint(), text, e.start(), e.end());
    }
    try {
      Object value = expression.evaluate(new DataScope(data));
      return new Evaluation.Value(ValueTypes.type(value), ValueTypes.tagged(value));
    } catch (ExpressionException e) {
      return error("run", e.code(), e.getMessage(), e.hint(), text, e.start(), e.end());
    }
  }

  static Evaluation evaluatePath(String text, @Nullable Object data) {
    try {
      return new Evaluation.Value("list", JsonPath.parse(text).select(data));
    } catch (PathException e) {
      return error(
          "parse", ExpressionException.SYNTAX, e.getMessage(), null, text, e.start(), e.end());
    } catch (PathLimitException e) {
      return error("run", ExpressionException.FAILED, e.getMessage(), null, text, 0, 1);
    }
  }

  private static Evaluation error(
      String phase,
      String code,
      @Nullable String message,
      @Nullable String hint,
      String text,
      int start,
      int end) {
    int from = Math.min(start, text.length());
    int lineStart = text.lastIndexOf('\n', Math.max(0, from - 1)) + 1;
    lineStart = lineStart > from ? 0 : lineStart;
    int line = 1;
    for (int i = 0; i < lineStart; i++) {
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
    int column = text.codePointCount(lineStart, from) + 1;
    int until = Math.max(from, Math.min(end, text.length()));
    int length = Math.max(1, text.codePointCount(from, until));
    return new Evaluation.Error(phase, code, String.valueOf(message), hint, line, column, length);
  }

  /** Data whose keys are names. */
  private static final class DataScope implements Environment {
    private final @Nullable Object data;
    private final Map<String, @Nullable Object> names;

    DataScope(@Nullable Object data) {
      this.data = data;
      Map<String, @Nullable Object> keys = new LinkedHashMap<>();
      if (data instanceof Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          keys.put(String.valueOf(entry.getKey()), entry.getValue());
        }
      }
      this.names = keys;
    }

    @Override
    public @Nullable Object find(String name) {
      return names.containsKey(name) ? names.get(name) : ABSENT;
    }

    @Override
    public Collection<String> names() {
      return names.keySet();
    }

    @Override
    public Map<String, @Nullable Object> all() {
      return names;
    }

    @Override
    public List<@Nullable Object> select(JsonPath path) throws ExpressionException {
      return PathSelection.select(path, data);
    }

    @Override
    public Instant now() {
      return Instant.now();
    }
  }
}

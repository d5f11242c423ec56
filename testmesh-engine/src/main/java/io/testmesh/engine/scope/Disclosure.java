package io.testmesh.engine.scope;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.value.ValueText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a foreign program may see of a flow: no secrets but those that the step's configuration
 * refers to. Belongs to one call.
 */
public final class Disclosure {
  private final FlowScope scope;
  private final Masking hidden;

  /**
   * What may be seen.
   *
   * @param references the names that the configuration reads, as it was written
   * @param masking the secrets that are known by now
   */
  public Disclosure(FlowScope scope, List<Expression.Reference> references, Masking masking) {
    this.scope = scope;
    List<String> told = new ArrayList<>();
    for (Expression.Reference reference : references) {
      addTexts(value(scope, reference), told);
    }
    this.hidden = masking.except(told);
  }

  private static @Nullable Object value(FlowScope scope, Expression.Reference reference) {
    try {
      Object value = scope.find(reference.name());
      for (String member : reference.members()) {
        value = value instanceof Map<?, ?> map ? map.get(member) : value;
      }
      return value == Environment.ABSENT ? null : value;
    } catch (ExpressionException e) {
      // What has no value tells nothing.
      return null;
    }
  }

  private static void addTexts(@Nullable Object value, List<String> texts) {
    if (value instanceof Map<?, ?> map) {
      for (Object item : map.values()) {
        addTexts(item, texts);
      }
    } else if (value instanceof Iterable<?> items) {
      for (Object item : items) {
        addTexts(item, texts);
      }
    } else if (value != null) {
      texts.add(ValueText.text(value));
    }
  }

  /** The variables that hold no secret. */
  public Map<String, @Nullable Object> variables() throws ExpressionException {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> entry : scope.allVariables().entrySet()) {
      Object value = entry.getValue();
      if (masked(value) == value) {
        shown.put(entry.getKey(), value);
      }
    }
    return shown;
  }

  /** What the steps gave, with secrets masked. */
  @SuppressWarnings("unchecked") // the values of all steps are maps, and stay maps
  public Map<String, Map<String, @Nullable Object>> steps() {
    Map<String, Map<String, @Nullable Object>> shown = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> step : scope.allSteps().entrySet()) {
      Map<String, @Nullable Object> values = (Map<String, @Nullable Object>) step.getValue();
      if (values != null) {
        shown.put(step.getKey(), new Recording(hidden, Integer.MAX_VALUE).keepMap(values));
      }
    }
    return shown;
  }

  private @Nullable Object masked(@Nullable Object value) {
    return new Recording(hidden, Integer.MAX_VALUE).keep(value);
  }
}

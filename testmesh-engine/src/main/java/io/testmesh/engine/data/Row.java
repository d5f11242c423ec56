package io.testmesh.engine.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One data row.
 *
 * @param number its position among all rows of its source, from 1
 * @param total how many rows the source has
 * @param values the value of each column, in order; JSON-like and immutable
 */
public record Row(int number, int total, Map<String, @Nullable Object> values) {

  /** The counters that every flow with rows knows beside the columns. */
  public static final String ITERATION = "__iteration";

  /** How many rows there are. */
  public static final String TOTAL_ITERATIONS = "__total_iterations";

  /** The columns and counters as variables. */
  public Map<String, @Nullable Object> variables() {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>(values);
    variables.put(ITERATION, (long) number);
    variables.put(TOTAL_ITERATIONS, (long) total);
    return Collections.unmodifiableMap(variables);
  }
}

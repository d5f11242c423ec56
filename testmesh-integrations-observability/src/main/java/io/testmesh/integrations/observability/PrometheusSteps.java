package io.testmesh.integrations.observability;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.integrations.common.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look of the actions for Prometheus. */
final class PrometheusSteps {
  private PrometheusSteps() {}

  static ActionResult look(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    String query = config.text("query");
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("query", query);
    Instant now = Instant.now();
    String path = "api/v1/query";
    Map<String, @Nullable Object> range = config.map("range");
    if (!range.isEmpty()) {
      path = "api/v1/query_range";
      parameters.put("start", Times.seconds(Times.of(range.get("start"), "start", now)));
      Object end = range.get("end");
      parameters.put("end", Times.seconds(end == null ? now : Times.of(end, "end", now)));
      Duration step = Values.duration(range.get("step"), "step");
      if (step.isZero()) {
        throw new ActionException(ActionException.INVALID_VALUE, "\"step\" wants more than 0");
      }
      parameters.put(
          "step", BigDecimal.valueOf(step.toMillis(), 3).stripTrailingZeros().toPlainString());
    } else if (config.value("time") != null) {
      parameters.put("time", Times.seconds(Times.of(config.value("time"), "time", now)));
    }
    Backend backend = Backend.of(context, "Prometheus", Map.of());
    Backend.Answer answer = backend.get(path, parameters, context);
    Map<?, ?> data = Answers.data(answer, backend, query, context);
    List<Map<String, @Nullable Object>> series = Answers.series(data, context.json());
    Map<String, @Nullable Object> first = series.isEmpty() ? null : series.get(0);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("value", first == null ? null : first.get("value"));
    values.put("metric", first == null ? Map.of() : first.get("metric"));
    values.put("series", series);
    values.put("type", data.get("resultType"));
    return ActionResult.of(values);
  }
}

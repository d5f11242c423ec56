package io.testmesh.integrations.observability;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.integrations.common.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look of the actions for Loki. */
final class LokiSteps {
  private static final int MOST_LINES = 1_000_000;

  private LokiSteps() {}

  /** A log line with its time, to be sorted. */
  private record Entry(long nanos, String line, Map<?, ?> labels) {}

  static ActionResult look(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    String query = config.text("query");
    int limit = Values.whole(config.value("limit"), "limit", 1, MOST_LINES);
    boolean isForward = config.text("direction").equals("forward");
    Instant now = Instant.now();
    Instant start = Times.of(config.value("start"), "start", now);
    Instant end = Times.of(config.value("end"), "end", now);
    if (!start.isBefore(end)) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "\"start\" is not before \"end\": " + start + ", " + end);
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("query", query);
    parameters.put("start", Times.nanos(start));
    parameters.put("end", Times.nanos(end));
    parameters.put("limit", Integer.toString(limit));
    parameters.put("direction", isForward ? "forward" : "backward");
    Backend backend = backend(context);
    Backend.Answer answer = backend.get("loki/api/v1/query_range", parameters, context);
    Map<?, ?> data = Answers.data(answer, backend, query, context);
    if ("streams".equals(data.get("resultType"))) {
      return lines(data, isForward, limit);
    }
    return numbers(data, backend, query, end, context);
  }

  private static Backend backend(ActionContext context)
      throws ActionException, InterruptedException {
    String tenant = context.config().optionalText("tenant").orElse("");
    return Backend.of(
        context, "Loki", tenant.isEmpty() ? Map.of() : Map.of("X-Scope-OrgID", tenant));
  }

  private static ActionResult lines(Map<?, ?> data, boolean isForward, int limit) {
    List<Entry> found = new ArrayList<>();
    if (data.get("result") instanceof List<?> streams) {
      for (Object item : streams) {
        if (item instanceof Map<?, ?> stream && stream.get("values") instanceof List<?> values) {
          Map<?, ?> labels = stream.get("stream") instanceof Map<?, ?> map ? map : Map.of();
          addEntries(values, labels, found);
        }
      }
    }
    Comparator<Entry> order = Comparator.comparingLong(Entry::nanos);
    found.sort(isForward ? order : order.reversed());
    List<Object> lines = new ArrayList<>();
    List<Object> entries = new ArrayList<>();
    for (Entry entry : found) {
      lines.add(entry.line());
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("timestamp", Times.ofNanos(entry.nanos()).toString());
      values.put("line", entry.line());
      values.put("labels", entry.labels());
      entries.add(values);
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("lines", lines);
    values.put("entries", entries);
    values.put("count", (long) lines.size());
    values.put("truncated", lines.size() >= limit);
    return ActionResult.of(values);
  }

  private static void addEntries(List<?> values, Map<?, ?> labels, List<Entry> found) {
    for (Object item : values) {
      if (item instanceof List<?> pair && pair.size() >= 2) {
        found.add(
            new Entry(
                Long.parseLong(String.valueOf(pair.get(0))), String.valueOf(pair.get(1)), labels));
      }
    }
  }

  /** A query that gives numbers: its series, and its value at the end. */
  private static ActionResult numbers(
      Map<?, ?> data, Backend backend, String query, Instant end, ActionContext context)
      throws ActionException, InterruptedException {
    Map<String, String> parameters = Map.of("query", query, "time", Times.nanos(end));
    Backend.Answer answer = backend.get("loki/api/v1/query", parameters, context);
    List<Map<String, @Nullable Object>> now =
        Answers.series(Answers.data(answer, backend, query, context), context.json());
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("value", now.isEmpty() ? null : now.get(0).get("value"));
    values.put("metric", now.isEmpty() ? Map.of() : now.get(0).get("metric"));
    values.put("series", Answers.series(data, context.json()));
    values.put("lines", List.of());
    values.put("entries", List.of());
    values.put("count", 0L);
    return ActionResult.of(values);
  }
}

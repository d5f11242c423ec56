package io.testmesh.integrations.observability;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.integrations.common.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look into Tempo: by the id of a trace, or by service and operation. */
final class TempoLook {
  private static final int NOT_FOUND = 404;
  private static final int LONGEST_ID = 32;
  private static final int MOST_TRACES = 20;
  private static final Duration SEARCHED = Duration.ofHours(1);
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final ActionContext context;
  private final Backend backend;
  private final @Nullable String service;
  private final @Nullable String operation;

  TempoLook(ActionContext context) throws ActionException, InterruptedException {
    this.context = context;
    this.backend = Backend.of(context, "Tempo", OtelAssertAction.URL, Map.of());
    this.service = context.config().optionalText("service").orElse(null);
    this.operation = context.config().optionalText("operation").orElse(null);
  }

  static boolean isTraceId(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_ID
        && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  ActionResult look() throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    String id = config.optionalText("trace_id").orElse(null);
    if (id != null && !isTraceId(id)) {
      throw new ActionException(
          ActionException.INVALID_VALUE,
          "\"trace_id\" wants up to 32 hexadecimal digits, got \"" + id + "\"");
    }
    List<Object> found = new ArrayList<>();
    StringBuilder tree = new StringBuilder();
    for (String trace : id == null ? search() : List.of(id)) {
      List<Span> spans = trace(trace);
      boolean isWanted = false;
      for (Span span : spans) {
        if (isWanted(span)) {
          isWanted = true;
          found.add(span.values());
        }
      }
      // An old server that does not understand the search answers with any trace.
      if (isWanted || id != null) {
        tree.append(tree.length() == 0 ? "" : "\n\n").append(SpanTree.of(spans));
      }
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("spans", found);
    values.put("count", (long) found.size());
    values.put("tree", tree.toString());
    ActionResult result = ActionResult.of(values);
    if (config.has("min_spans")) {
      int least = Values.whole(config.value("min_spans"), "min_spans", 1, Integer.MAX_VALUE);
      if (found.size() < least) {
        throw new ActionException(
                "assertion_failed",
                (found.size() == 1 ? "there is 1 span" : "there are " + found.size() + " spans")
                    + ", and min_spans is "
                    + least)
            .result(result);
      }
    }
    return result;
  }

  private boolean isWanted(Span span) {
    return (service == null || service.equals(span.service()))
        && (operation == null || operation.equals(span.operation()));
  }

  /** The spans of a trace; none when it is not there. */
  private List<Span> trace(String id) throws ActionException, InterruptedException {
    Backend.Answer answer = backend.get("api/traces/" + id, Map.of(), context);
    if (answer.status() == NOT_FOUND) {
      return List.of();
    }
    return SpanReader.read(Answers.json(answer, backend, "", context));
  }

  /** The ids of traces that may have such spans. */
  private Set<String> search() throws ActionException, InterruptedException {
    boolean hasTraceQl = hasTraceQl();
    Map<String, String> parameters = new LinkedHashMap<>();
    String query = hasTraceQl ? traceQl() : tags();
    parameters.put(hasTraceQl ? "q" : "tags", query);
    parameters.put("limit", Integer.toString(MOST_TRACES));
    if (hasTraceQl) {
      Instant now = Instant.now();
      parameters.put("start", Long.toString(now.minus(SEARCHED).getEpochSecond()));
      parameters.put("end", Long.toString(now.plus(SKEW).getEpochSecond()));
    }
    Object body =
        Answers.json(backend.get("api/search", parameters, context), backend, query, context);
    Set<String> ids = new LinkedHashSet<>();
    if (body instanceof Map<?, ?> map && map.get("traces") instanceof List<?> traces) {
      for (Object trace : traces) {
        if (trace instanceof Map<?, ?> one && one.get("traceID") != null) {
          ids.add(one.get("traceID").toString());
        }
      }
    }
    return ids;
  }

  /** TraceQL came with 2.0; a server before it ignores such a query without a word. */
  private boolean hasTraceQl() throws ActionException, InterruptedException {
    Backend.Answer answer = backend.get("api/status/buildinfo", Map.of(), context);
    if (answer.status() == NOT_FOUND) {
      return false;
    }
    Object body = Answers.json(answer, backend, "", context);
    String version = body instanceof Map<?, ?> map ? String.valueOf(map.get("version")) : "unknown";
    String number =
        version.toLowerCase(Locale.ROOT).startsWith("v") ? version.substring(1) : version;
    return !number.startsWith("0.") && !number.startsWith("1.");
  }

  private String traceQl() {
    StringBuilder query = new StringBuilder("{ resource.service.name = ").append(quoted(service));
    if (operation != null) {
      query.append(" && name = ").append(quoted(operation));
    }
    return query.append(" }").toString();
  }

  /** In the form of logfmt. */
  private String tags() {
    StringBuilder tags = new StringBuilder("service.name=").append(quoted(service));
    if (operation != null) {
      tags.append(" name=").append(quoted(operation));
    }
    return tags.toString();
  }

  private static String quoted(@Nullable String text) {
    String plain = text == null ? "" : text;
    return '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

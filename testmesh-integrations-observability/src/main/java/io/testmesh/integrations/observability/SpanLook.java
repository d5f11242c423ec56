package io.testmesh.integrations.observability;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.integrations.common.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look of {@code otel.assert}: by the id of a trace, or by service and operation. */
final class SpanLook {
  private static final int LONGEST_ID = 32;

  private final ActionConfig config;
  private final TraceSource source;
  private final @Nullable String service;
  private final @Nullable String operation;

  SpanLook(ActionContext context, TraceSource source) throws ActionException {
    this.config = context.config();
    this.source = source;
    this.service = config.optionalText("service").orElse(null);
    this.operation = config.optionalText("operation").orElse(null);
  }

  static boolean isTraceId(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_ID
        && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  ActionResult look() throws ActionException, InterruptedException {
    String id = config.optionalText("trace_id").orElse(null);
    if (id != null && !isTraceId(id)) {
      throw new ActionException(
          ActionException.INVALID_VALUE,
          "\"trace_id\" wants up to 32 hexadecimal digits, got \"" + id + "\"");
    }
    List<Object> found = new ArrayList<>();
    StringBuilder tree = new StringBuilder();
    for (String trace : traces(id)) {
      List<Span> spans = source.trace(trace);
      boolean isWanted = false;
      for (Span span : spans) {
        if (isWanted(span)) {
          isWanted = true;
          found.add(span.values());
        }
      }
      // An old Tempo that does not understand the search answers with any trace.
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

  private Collection<String> traces(@Nullable String id)
      throws ActionException, InterruptedException {
    if (id != null) {
      return List.of(id);
    }
    if (service == null) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "one of \"trace_id\" and \"service\" is needed");
    }
    return source.search(service, operation);
  }

  private boolean isWanted(Span span) {
    return (service == null || service.equals(span.service()))
        && (operation == null || operation.equals(span.operation()));
  }
}

package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;

/** The action {@code loki.query}. */
public final class LokiQueryAction extends ObservabilityAction {
  private static final ConfigType TIME = ConfigType.oneOf(ConfigType.NUMBER, ConfigType.TEXT);
  private static final ConfigKey TENANT =
      ConfigKey.optional("tenant", ConfigType.TEXT, "The tenant, where the server has several");

  /** For {@link java.util.ServiceLoader}. */
  public LokiQueryAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        query(
            ActionDescriptor.of("loki.query")
                .describedAs("Asks Loki for log lines, or for numbers about them."));
    return results(connection(own))
        .example(
            """
            - action: loki.query
              config:
                url: http://localhost:3100
                query: '{app="shop"} |= "order"'
                start: -10m
              assert:
                - count > 0
                - lines[0] contains "placed"
            """);
  }

  static ActionDescriptor connection(ActionDescriptor descriptor) {
    return EndpointKeys.connection(descriptor, EndpointKeys.URL, "http://localhost:3100", TENANT);
  }

  static ActionDescriptor query(ActionDescriptor descriptor) {
    return descriptor
        .required("query", ConfigType.TEXT, "The query, in LogQL")
        .optional("start", TIME, "-5m", "From when: -5m, an ISO 8601 time, or seconds since 1970")
        .optional("end", TIME, "now", "Until when")
        .optional("limit", ConfigType.INTEGER, 100L, "How many lines at most")
        .optional(
            "direction",
            ConfigType.choice("backward", "forward"),
            "backward",
            "Whether the newest or the oldest line comes first");
  }

  static ActionDescriptor results(ActionDescriptor descriptor) {
    return descriptor
        .result("lines", ConfigType.LIST, "The lines, as texts")
        .result("entries", ConfigType.LIST, "Of each line: {timestamp, line, labels}")
        .result("count", ConfigType.INTEGER, "How many lines there are")
        .result("truncated", ConfigType.BOOLEAN, "Whether there may be more lines than limit")
        .result("value", ConfigType.ANY, "Of a query for numbers: the value at the end")
        .result("metric", ConfigType.MAP, "Of a query for numbers: the labels of that value")
        .result("series", ConfigType.LIST, "Of a query for numbers: as prometheus.query has them");
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return LokiSteps.look(context);
  }
}

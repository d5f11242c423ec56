package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;

/** The action {@code prometheus.query}. */
public final class PrometheusQueryAction extends ObservabilityAction {
  private static final ConfigType TIME = ConfigType.oneOf(ConfigType.NUMBER, ConfigType.TEXT);

  /** For {@link java.util.ServiceLoader}. */
  public PrometheusQueryAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        query(
            ActionDescriptor.of("prometheus.query")
                .describedAs(
                    "Asks Prometheus. Nothing found is no failure: \"value\" is null then."));
    return results(EndpointKeys.connection(own, EndpointKeys.URL, "http://localhost:9090"))
        .example(
            """
            - action: prometheus.query
              config:
                url: http://localhost:9090
                query: sum(http_requests_total{service="shop"})
              output:
                requests_before: value
            """);
  }

  static ActionDescriptor query(ActionDescriptor descriptor) {
    return descriptor
        .required("query", ConfigType.TEXT, "The query, in PromQL")
        .optional(
            "time", TIME, "When: -5m, an ISO 8601 time, or seconds since 1970; now if left out")
        .optional(
            "range",
            ConfigType.object(
                ConfigKey.required("start", TIME, "The first point in time"),
                ConfigKey.optional("end", TIME, "The last one; now if it is left out"),
                ConfigKey.required("step", ConfigType.DURATION, "The time between two points")),
            "Asks for all points of a time");
  }

  static ActionDescriptor results(ActionDescriptor descriptor) {
    return descriptor
        .result(
            "value",
            ConfigType.ANY,
            "The value of the first series: a number, or NaN, +Inf, -Inf; null when there is none")
        .result("metric", ConfigType.MAP, "The labels of the first series")
        .result(
            "series",
            ConfigType.LIST,
            "Each with metric and value; with a range also values [{time, value}], the last of"
                + " which is the value")
        .result("type", ConfigType.TEXT, "scalar, string, vector or matrix");
  }

  static void checkTime(ConfigCheck config) {
    if (config.has("time") && config.has("range")) {
      config.reject("time", "\"time\" and \"range\" exclude each other", "keep one of them");
    }
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    checkTime(config);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return PrometheusSteps.look(context);
  }
}

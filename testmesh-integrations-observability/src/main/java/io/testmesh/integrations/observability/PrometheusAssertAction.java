package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import java.time.Duration;

/** The action {@code prometheus.assert}. */
public final class PrometheusAssertAction extends ObservabilityAction {
  private static final Duration WITHIN = Duration.ofSeconds(15);

  /** For {@link java.util.ServiceLoader}. */
  public PrometheusAssertAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        PrometheusQueryAction.query(
                ActionDescriptor.of("prometheus.assert")
                    .describedAs(
                        "Asks Prometheus until what is asserted of the answer holds, for 15 s unless"
                            + " \"within\" says otherwise."))
            .polling(WITHIN);
    return PrometheusQueryAction.results(
            EndpointKeys.connection(own, EndpointKeys.URL, "http://localhost:9090"))
        .example(
            """
            - action: prometheus.assert
              config:
                url: http://localhost:9090
                query: sum(http_requests_total{service="shop"})
                within: 20s
                assert:
                  - value >= 3
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    PrometheusQueryAction.checkTime(config);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return PrometheusSteps.look(context);
  }
}

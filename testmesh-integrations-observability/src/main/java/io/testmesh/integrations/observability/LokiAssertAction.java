package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import java.time.Duration;

/** The action {@code loki.assert}. */
public final class LokiAssertAction extends ObservabilityAction {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  /** For {@link java.util.ServiceLoader}. */
  public LokiAssertAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        LokiQueryAction.query(
                ActionDescriptor.of("loki.assert")
                    .describedAs(
                        "Asks Loki until what is asserted of the answer holds, for 10 s unless"
                            + " \"within\" says otherwise."))
            .polling(WITHIN);
    return LokiQueryAction.results(LokiQueryAction.connection(own))
        .example(
            """
            - action: loki.assert
              config:
                url: http://localhost:3100
                query: '{app="shop"} |= "payment"'
                within: 20s
                assert:
                  - count >= 3
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return LokiSteps.look(context);
  }
}

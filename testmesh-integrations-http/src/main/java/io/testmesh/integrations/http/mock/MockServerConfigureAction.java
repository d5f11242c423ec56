package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;

/** The action {@code mock_server_configure}. */
public final class MockServerConfigureAction implements ActionHandler {

  /** For {@link java.util.ServiceLoader}. */
  public MockServerConfigureAction() {}

  @Override
  public ActionDescriptor descriptor() {
    return MockKeys.results(
        ActionDescriptor.of("mock_server_configure")
            .describedAs("Gives a running mock server more to answer; what is new wins.")
            .key(MockKeys.name())
            .required("endpoints", MockKeys.endpoints(), "What it answers from now on")
            .example(
                """
                - action: mock_server_configure
                  config:
                    endpoints:
                      - path: /users/:id
                        response: {status: 404}
                """));
  }

  @Override
  public void check(ConfigCheck config) {
    MockKeys.checkPaths(config);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    MockServer server = MockServers.named(context);
    server.configure(Endpoint.listOf(context.config().list("endpoints"), context.json()));
    return server.result();
  }
}

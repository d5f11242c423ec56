package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;

/** The action {@code mock_server_reset}. */
public final class MockServerResetAction implements ActionHandler {

  /** For {@link java.util.ServiceLoader}. */
  public MockServerResetAction() {}

  @Override
  public ActionDescriptor descriptor() {
    return MockKeys.results(
        ActionDescriptor.of("mock_server_reset")
            .describedAs("Lets a mock server forget its requests and its states.")
            .key(MockKeys.name())
            .example("- action: mock_server_reset\n"));
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    MockServer server = MockServers.named(context);
    server.reset();
    return server.result();
  }
}

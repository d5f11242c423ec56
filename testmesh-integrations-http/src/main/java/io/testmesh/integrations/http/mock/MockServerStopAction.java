package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;

/** The action {@code mock_server_stop}. */
public final class MockServerStopAction implements ActionHandler {

  /** For {@link java.util.ServiceLoader}. */
  public MockServerStopAction() {}

  @Override
  public ActionDescriptor descriptor() {
    return MockKeys.results(
        ActionDescriptor.of("mock_server_stop")
            .describedAs("Stops a mock server before its flow ends.")
            .key(MockKeys.name())
            .example("- action: mock_server_stop\n"));
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    MockServer server = MockServers.named(context);
    MockServers.of(context).stop(context.config().text("name"));
    return server.result();
  }
}

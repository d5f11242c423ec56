package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import java.util.List;

/** The action {@code mock_server_start}. */
public final class MockServerStartAction implements ActionHandler {

  /** For {@link java.util.ServiceLoader}. */
  public MockServerStartAction() {}

  @Override
  public ActionDescriptor descriptor() {
    return MockKeys.results(
        ActionDescriptor.of("mock_server_start")
            .describedAs("Starts an HTTP server that answers what the flow says, and ends with it.")
            .key(MockKeys.name())
            .optional("port", ConfigType.INTEGER, 0L, "The port; 0 for any that is free")
            .optional("endpoints", MockKeys.endpoints(), "What it answers; the first that fits")
            .example(
                """
                - id: users
                  action: mock_server_start
                  config:
                    endpoints:
                      - path: /users/:id
                        response: {status: 200, body: {name: Ada}}
                """));
  }

  @Override
  public void check(ConfigCheck config) {
    MockKeys.checkPaths(config);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    long port = context.config().integer("port");
    if (port < 0 || port > 65_535) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "\"port\" wants a number from 0 to 65535, got " + port);
    }
    List<Endpoint> endpoints = Endpoint.listOf(context.config().list("endpoints"), context.json());
    return MockServers.of(context)
        .start(context.config().text("name"), (int) port, endpoints, context)
        .result();
  }
}

package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mock servers of a flow; they end with it. Safe for use by several threads. */
final class MockServers implements AutoCloseable {
  private final Map<String, MockServer> running = new LinkedHashMap<>();

  static MockServers of(ActionContext context) throws ActionException, InterruptedException {
    return context.flowResources().resource(MockServers.class, "mock servers", MockServers::new);
  }

  /** The server that the step names. */
  static MockServer named(ActionContext context) throws ActionException, InterruptedException {
    return of(context).get(context.config().text("name"));
  }

  synchronized MockServer start(
      String name, int port, List<Endpoint> endpoints, ActionContext context)
      throws ActionException {
    MockServer known = running.get(name);
    if (known != null) {
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "a mock server \"" + name + "\" is already running, at " + known.baseUrl())
          .hint("give each one a name of its own");
    }
    MockServer server = MockServer.start(name, port, endpoints, context.json());
    running.put(name, server);
    return server;
  }

  synchronized MockServer get(String name) throws ActionException {
    MockServer server = running.get(name);
    if (server == null) {
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "no mock server \"" + name + "\" is running in this flow")
          .hint(
              running.isEmpty()
                  ? "there is none"
                  : "there is " + String.join(", ", running.keySet()));
    }
    return server;
  }

  synchronized void stop(String name) throws ActionException {
    MockServer server = get(name);
    running.remove(name);
    server.close();
  }

  @Override
  public void close() {
    List<MockServer> open;
    synchronized (this) {
      open = new ArrayList<>(running.values());
      running.clear();
    }
    for (MockServer server : open) {
      server.close();
    }
  }
}

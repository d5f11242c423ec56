package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.JsonFormat;
import io.testmesh.integrations.common.HttpListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running mock server. Safe for use by several threads. */
final class MockServer implements AutoCloseable {
  /** The state before anything has set one. */
  static final String FIRST_STATE = "started";

  private final String name;
  private final JsonFormat json;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpListener listener;
  private List<Endpoint> endpoints;
  private final Map<String, String> states = new HashMap<>();
  private final List<Seen> seen = new ArrayList<>();

  private MockServer(String name, int wantedPort, List<Endpoint> endpoints, JsonFormat json)
      throws IOException {
    this.name = name;
    this.json = json;
    this.endpoints = endpoints;
    listener = new HttpListener("testmesh-mock-" + name, wantedPort, this::answer);
  }

  /**
   * Starts a server on the loopback address.
   *
   * @param wantedPort the port; 0 for any that is free
   */
  static MockServer start(String name, int wantedPort, List<Endpoint> endpoints, JsonFormat json)
      throws ActionException {
    try {
      return new MockServer(name, wantedPort, endpoints, json);
    } catch (IOException e) {
      throw new ActionException(
          ActionException.ACTION_FAILED,
          "the mock server \""
              + name
              + "\" cannot listen on 127.0.0.1:"
              + wantedPort
              + ": "
              + e.getMessage(),
          e);
    }
  }

  String baseUrl() {
    return "http://127.0.0.1:" + listener.port();
  }

  /** Puts endpoints in front of those that are there, so that they win. */
  synchronized void configure(List<Endpoint> more) {
    List<Endpoint> all = new ArrayList<>(more);
    all.addAll(endpoints);
    endpoints = List.copyOf(all);
  }

  /** Forgets requests and states. */
  synchronized void reset() {
    seen.clear();
    states.clear();
  }

  /** How many of the requests fit. */
  synchronized int count(Matcher matcher) throws ActionException {
    int count = 0;
    for (Seen one : seen) {
      if (matcher.fits(one.request)) {
        count++;
      }
    }
    return count;
  }

  /** The requests in one line each, the last ones if there are many. */
  synchronized List<String> lines(int most) {
    List<String> lines = new ArrayList<>();
    for (int i = Math.max(0, seen.size() - most); i < seen.size(); i++) {
      Seen one = seen.get(i);
      lines.add(one.request.method() + " " + one.request.path() + " (" + one.status + ")");
    }
    return lines;
  }

  /** The result that every mock server action gives. */
  synchronized ActionResult result() {
    List<@Nullable Object> requests = new ArrayList<>(seen.size());
    for (Seen one : seen) {
      requests.add(one.request.toMap(one.status));
    }
    return ActionResult.of("name", name)
        .with("server_id", name)
        .with("base_url", baseUrl())
        .with("port", (long) listener.port())
        .with("requests", Collections.unmodifiableList(requests));
  }

  @Override
  public void close() {
    closing.countDown();
    listener.close();
  }

  private synchronized @Nullable Endpoint find(MockRequest request) throws ActionException {
    for (Endpoint endpoint : endpoints) {
      String stateName = endpoint.stateName();
      boolean inState =
          stateName == null
              || endpoint.requires() == null
              || endpoint.requires().equals(states.getOrDefault(stateName, FIRST_STATE));
      if (inState && endpoint.matcher().fits(request)) {
        if (stateName != null && endpoint.sets() != null) {
          states.put(stateName, endpoint.sets());
        }
        seen.add(new Seen(request, endpoint.response().status()));
        return endpoint;
      }
    }
    seen.add(new Seen(request, 404));
    return null;
  }

  private HttpListener.Response answer(HttpListener.Request request) throws InterruptedException {
    MockRequest asked = MockRequest.of(request, json);
    Endpoint endpoint;
    try {
      endpoint = find(asked);
    } catch (ActionException e) {
      return new HttpListener.Response(
          500,
          List.of("Content-Type: text/plain; charset=utf-8"),
          String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
    }
    if (endpoint == null) {
      return notFound(asked);
    }
    if (!endpoint.delay().isZero()) {
      // Ends early when the server is stopped.
      closing.await(endpoint.delay().toNanos(), TimeUnit.NANOSECONDS);
    }
    return endpoint.response();
  }

  private HttpListener.Response notFound(MockRequest request) {
    List<@Nullable Object> known = new ArrayList<>();
    synchronized (this) {
      for (Endpoint endpoint : endpoints) {
        known.add(endpoint.matcher().toString());
      }
    }
    Map<String, @Nullable Object> answer =
        ActionResult.of(
                "error",
                "the mock server \""
                    + name
                    + "\" has no endpoint for "
                    + request.method()
                    + " "
                    + request.path())
            .with("endpoints", known)
            .values();
    return new HttpListener.Response(
        404,
        List.of("Content-Type: application/json"),
        json.render(answer).getBytes(StandardCharsets.UTF_8));
  }

  /** A request and the status of its answer. */
  private record Seen(MockRequest request, int status) {}
}

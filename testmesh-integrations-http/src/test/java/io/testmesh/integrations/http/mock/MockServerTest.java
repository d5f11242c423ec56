package io.testmesh.integrations.http.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.integrations.http.HttpRequestAction;
import io.testmesh.integrations.http.TestRun;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MockServerTest {
  private static final ActionHandler START = new MockServerStartAction();
  private static final ActionHandler CONFIGURE = new MockServerConfigureAction();
  private static final ActionHandler VERIFY = new MockServerVerifyAction();
  private static final ActionHandler RESET = new MockServerResetAction();
  private static final ActionHandler STOP = new MockServerStopAction();

  private final TestRun run = new TestRun();
  private String base = "";

  @AfterEach
  void end() {
    run.close();
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  private static Map<String, Object> endpoint(String method, String path, Object... more) {
    Map<String, Object> endpoint = map("method", method, "path", path);
    endpoint.putAll(map(more));
    return endpoint;
  }

  private static Map<String, Object> answering(Object body) {
    return Map.of("body", body);
  }

  private Map<String, Object> start(Map<?, ?>... endpoints) throws Exception {
    Map<String, Object> result =
        run.run(START, map("name", "shop", "endpoints", List.of(endpoints)));
    base = (String) result.get("base_url");
    return result;
  }

  private Map<String, Object> call(String method, String path, Object... more) throws Exception {
    Map<String, Object> config = map("method", method, "url", base + path, "expect_status", "any");
    config.putAll(map(more));
    return run.run(new HttpRequestAction(), config);
  }

  private Object get(String path, Object... more) throws Exception {
    return call("GET", path, more).get("body");
  }

  private ActionException failure(ActionHandler handler, Object... config) {
    return catchThrowableOfType(ActionException.class, () -> run.run(handler, map(config)));
  }

  @Test
  void a_server_answers_what_it_was_told() throws Exception {
    Map<String, Object> started =
        start(
            endpoint(
                "GET",
                "/users/1",
                "response",
                map(
                    "status",
                    201L,
                    "headers",
                    Map.of("X-Mock", "yes"),
                    "body",
                    map("id", 1L, "price", 1.5))),
            endpoint("get", "/text", "response", answering("hello")),
            endpoint("DELETE", "/users/1", "response", Map.of("status", 204L)),
            endpoint("*", "/any"));
    assertThat(started)
        .containsEntry("name", "shop")
        .containsEntry("server_id", "shop")
        .containsEntry("requests", List.of());
    assertThat(base).isEqualTo("http://127.0.0.1:" + started.get("port"));
    Map<String, Object> user = call("GET", "/users/1");
    assertThat(user)
        .containsEntry("status", 201L)
        .containsEntry("body", map("id", 1L, "price", 1.5))
        .containsEntry("content_type", "application/json");
    assertThat(((Map<?, ?>) user.get("headers")).get("x-mock")).isEqualTo("yes");
    assertThat(call("GET", "/text"))
        .containsEntry("body", "hello")
        .containsEntry("content_type", "text/plain; charset=utf-8");
    assertThat(call("DELETE", "/users/1")).containsEntry("status", 204L);
    assertThat(call("PATCH", "/any")).containsEntry("status", 200L).containsEntry("body", "");
    assertThat(call("HEAD", "/any")).containsEntry("status", 200L);
  }

  @Test
  void what_fits_nothing_is_a_404_that_lists_the_endpoints() throws Exception {
    start(endpoint("GET", "/users/:id"), endpoint("POST", "/orders", "match", Map.of("body", "x")));
    Map<String, Object> result = call("POST", "/users/1");
    assertThat(result).containsEntry("status", 404L);
    assertThat(result.get("body"))
        .isEqualTo(
            map(
                "error",
                "the mock server \"shop\" has no endpoint for POST /users/1",
                "endpoints",
                List.of("GET /users/:id", "POST /orders with a match")));
  }

  @Test
  void paths_have_places() throws Exception {
    start(
        endpoint("GET", "/a/:id/x", "response", answering("one")),
        endpoint("GET", "/a/{id}", "response", answering("two")),
        endpoint("GET", "/files/*", "response", answering("rest")),
        endpoint("GET", "/größe x", "response", answering("unicode")));
    assertThat(get("/a/7/x")).isEqualTo("one");
    assertThat(get("/a/7")).isEqualTo("two");
    assertThat(get("/files/a/b/c?x=1")).isEqualTo("rest");
    assertThat(get("/gr%C3%B6%C3%9Fe%20x")).isEqualTo("unicode");
    assertThat(call("GET", "/files")).containsEntry("status", 404L);
    assertThat(call("GET", "/a/7/y")).containsEntry("status", 404L);
    assertThat(failure(START, "name", "b", "endpoints", List.of(Map.of("path", "users"))).hint())
        .hasValue("did you mean \"/users\"?");
    assertThat(failure(START, "name", "b", "endpoints", List.of(Map.of("path", "/a?b=1"))))
        .hasMessage("the path \"/a?b=1\" of the mock server has a query");
  }

  @Test
  void a_match_is_a_part_of_the_request_and_the_first_that_fits_wins() throws Exception {
    start(
        endpoint(
            "POST",
            "/o",
            "match",
            Map.of("body", map("item", map("id", 1L))),
            "response",
            answering("by body")),
        endpoint(
            "POST",
            "/o",
            "match",
            Map.of("headers", Map.of("x-tenant", "a")),
            "response",
            answering("by header")),
        endpoint(
            "POST",
            "/o",
            "match",
            Map.of("query", Map.of("page", 2L)),
            "response",
            answering("by query")),
        endpoint("POST", "/o", "match", Map.of("body", "plain"), "response", answering("by text")),
        endpoint("POST", "/o", "response", answering("else")));
    assertThat(call("POST", "/o?page=2", "body", map("item", map("id", 1.0, "n", 5L), "x", 1L)))
        .containsEntry("body", "by body");
    assertThat(call("POST", "/o", "body", map("item", map("id", "1"))))
        .containsEntry("body", "else");
    assertThat(call("POST", "/o", "headers", Map.of("X-Tenant", "a")))
        .containsEntry("body", "by header");
    assertThat(call("POST", "/o?page=2&b=1")).containsEntry("body", "by query");
    assertThat(call("POST", "/o", "body", "plain")).containsEntry("body", "by text");
  }

  @Test
  void states_change_with_the_requests_and_begin_anew_after_a_reset() throws Exception {
    start(
        endpoint("POST", "/pay", "state", map("name", "order", "sets", "paid")),
        endpoint(
            "GET",
            "/order",
            "state",
            map("name", "order", "requires", "paid"),
            "response",
            answering("paid")),
        endpoint(
            "GET",
            "/order",
            "state",
            map("name", "order", "requires", "started"),
            "response",
            answering("open")));
    assertThat(get("/order")).isEqualTo("open");
    call("POST", "/pay");
    assertThat(get("/order")).isEqualTo("paid");
    assertThat(run.run(RESET, map("name", "shop"))).containsEntry("requests", List.of());
    assertThat(get("/order")).isEqualTo("open");
  }

  @Test
  void what_is_configured_later_wins() throws Exception {
    start(endpoint("GET", "/a", "response", answering("old")));
    run.run(
        CONFIGURE,
        map(
            "name",
            "shop",
            "endpoints",
            List.of(
                endpoint("GET", "/a", "response", answering("new")),
                endpoint("GET", "/b", "response", answering("b")))));
    assertThat(get("/a")).isEqualTo("new");
    assertThat(get("/b")).isEqualTo("b");
  }

  @Test
  void requests_are_verified_and_shown() throws Exception {
    start(endpoint("POST", "/orders"));
    call("POST", "/orders?a=1&b=2&b=3", "body", map("id", 1L));
    call("GET", "/else");
    assertThat(run.run(VERIFY, map("name", "shop", "method", "post", "path", "/orders")))
        .containsEntry("count", 1L);
    run.run(VERIFY, map("name", "shop", "path", "/:x", "count", 2L));
    run.run(VERIFY, map("name", "shop", "path", "/none", "max", 0L));
    run.run(VERIFY, map("name", "shop", "match", map("body", map("id", 1L)), "min", 1L, "max", 1L));
    ActionException failure =
        failure(VERIFY, "name", "shop", "method", "POST", "path", "/orders", "count", 2L);
    assertThat(failure.code()).isEqualTo("assertion_failed");
    assertThat(failure)
        .hasMessage(
            "the mock server \"shop\" has seen 1 of POST /orders, expected 2; it saw POST /orders"
                + " (200), GET /else (404)");
    List<?> requests = (List<?>) failure.result().values().get("requests");
    Map<?, ?> first = (Map<?, ?>) requests.get(0);
    assertThat(first.keySet())
        .isEqualTo(Set.of("method", "path", "query", "headers", "body", "status"));
    assertThat(first.get("query")).isEqualTo(map("a", "1", "b", List.of("2", "3")));
    assertThat(first.get("body")).isEqualTo(map("id", 1L));
    assertThat(failure(VERIFY, "name", "shop", "path", "/x"))
        .hasMessageContaining("has seen 0 of any method /x, expected at least 1; ");
    assertThat(failure(VERIFY, "name", "shop", "count", 1L, "max", 1L).code())
        .isEqualTo("invalid_value");
  }

  private String raw(String text) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(base.substring(17)))) {
      socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void clients_of_all_kinds_are_served() throws Exception {
    start(endpoint("*", "/x", "response", answering("ok")));
    assertThat(raw("GET /x HTTP/1.0\n\n"))
        .isEqualTo(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 2\r\n"
                + "Connection: close\r\n\r\nok");
    assertThat(
            raw(
                "PUT http://shop.test/x HTTP/1.1\n"
                    + "Expect: 100-continue\n"
                    + "Transfer-Encoding: chunked\n\n"
                    + "3;a=b\n"
                    + "abc\n"
                    + "2\n"
                    + "de\n"
                    + "0\n"
                    + "X-Trailer: t\n\n"
                    + "HEAD /x HTTP/1.1\n"
                    + "Connection: close\n\n"))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
        .endsWith(
            "ok"
                + "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: 2\r\nConnection: close\r\n\r\n");
    assertThat(raw("nonsense\n\n"))
        .startsWith("HTTP/1.1 400 Bad Request")
        .endsWith("\"nonsense\" is no request line of HTTP/1.1");
    assertThat(raw("POST /x HTTP/1.1\nContent-Length: -1\n\n")).startsWith("HTTP/1.1 400 ");
    List<?> requests = (List<?>) run.run(STOP, map("name", "shop")).get("requests");
    assertThat(requests.stream().<Object>map(request -> ((Map<?, ?>) request).get("body")))
        .containsExactly("", "abcde", "");
  }

  @Test
  void names_are_kept_apart() throws Exception {
    start();
    assertThat(failure(START, "name", "shop"))
        .hasMessage("a mock server \"shop\" is already running, at " + base);
    ActionException failure = failure(STOP, "name", "shopp");
    assertThat(failure).hasMessage("no mock server \"shopp\" is running in this flow");
    assertThat(failure.hint()).hasValue("there is shop");
    run.run(STOP, map("name", "shop"));
    assertThat(failure(STOP, "name", "shop").hint()).hasValue("there is none");
    run.run(START, map("name", "shop"));
  }

  @Test
  void a_port_that_is_taken_is_said() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      ActionException failure = failure(START, "port", (long) taken.getLocalPort());
      assertThat(failure.code()).isEqualTo("action_failed");
      assertThat(failure)
          .hasMessageStartingWith(
              "the mock server \"default\" cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void an_answer_waits_but_not_longer_than_the_flow() throws Exception {
    start(
        endpoint("GET", "/slow", "response", map("delay", "60ms")),
        endpoint("GET", "/endless", "response", map("delay", "10m")));
    assertThat((long) call("GET", "/slow").get("duration_ms")).isGreaterThanOrEqualTo(60);
    CountDownLatch over = new CountDownLatch(1);
    Thread waiting =
        new Thread(
            () -> {
              try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(base.substring(17)))) {
                socket
                    .getOutputStream()
                    .write(
                        "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                while (in.read() >= 0) {}
              } catch (Exception e) {
                // A cut connection is an end, too.
              }
              over.countDown();
            });
    waiting.start();
    while (!sees("/endless")) {
      Thread.onSpinWait();
    }
    run.nextFlow();
    over.await();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("testmesh-mock"))
        .isEmpty();
  }

  private boolean sees(String path) throws Exception {
    return run.run(VERIFY, map("name", "shop", "path", path, "min", 0L)).get("count").equals(1L);
  }
}

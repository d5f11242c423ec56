package io.testmesh.integrations.http;

import static io.testmesh.integrations.http.TestServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.action.ActionException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HttpAuthTest {
  private final HttpRequestAction action = new HttpRequestAction();
  private final TestRun run = new TestRun();

  @AfterEach
  void end() {
    run.close();
  }

  private Map<String, Object> send(String url, Map<String, Object> auth) throws Exception {
    return run.run(action, Map.of("url", url, "auth", auth, "expect_status", "any"));
  }

  private ActionException failure(String url, Map<String, Object> auth) {
    return catchThrowableOfType(ActionException.class, () -> send(url, auth));
  }

  private static String basic(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void each_kind_goes_where_it_belongs() throws Exception {
    try (TestServer server = TestServer.ok()) {
      send(server.url("/"), Map.of("type", "basic", "username", "ada", "password", "grün"));
      send(server.url("/"), Map.of("type", "bearer", "token", "t-1"));
      send(server.url("/"), Map.of("type", "api_key", "name", "X-Key", "value", "k 1"));
      send(
          server.url("/?a=1"),
          Map.of("type", "api_key", "name", "key", "value", "k 1", "in", "query"));
      run.run(action, Map.of("url", server.url("/").replace("http://", "http://ada:p%40w@")));
      assertThat(server.seen.get(0).header("Authorization")).isEqualTo(basic("ada:grün"));
      assertThat(server.seen.get(1).header("Authorization")).isEqualTo("Bearer t-1");
      assertThat(server.seen.get(2).header("X-Key")).isEqualTo("k 1");
      assertThat(server.seen.get(3).target()).isEqualTo("/?a=1&key=k%201");
      assertThat(server.seen.get(4).header("Authorization")).isEqualTo(basic("ada:p@w"));
    }
  }

  @Test
  void a_url_is_shown_without_its_password() throws Exception {
    try (TestServer server = TestServer.saying("HTTP/1.1 401 No", "Content-Length: 0", "", "")) {
      ActionException failure =
          catchThrowableOfType(
              ActionException.class,
              () ->
                  run.run(
                      action,
                      Map.of("url", server.url("/").replace("http://", "http://ada:secret@"))));
      assertThat(failure).hasMessageStartingWith("GET " + server.url("/") + " answered 401");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bearer | username | auth of type bearer has no \"username\"; expected token",
        "basic | username | auth of type basic needs \"password\"",
        "digest | token | auth has no type \"digest\"; expected one of basic, bearer, api_key,"
            + " oauth2",
      })
  void parts_that_do_not_fit_the_kind_are_refused(String type, String key, String message) {
    ActionException failure = failure("http://x.test/", Map.of("type", type, key, "x"));
    assertThat(failure.code()).isEqualTo("invalid_value");
    assertThat(failure).hasMessage(message);
  }

  @Test
  void the_header_and_the_key_auth_exclude_each_other() {
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () ->
                run.run(
                    action,
                    Map.of(
                        "url", "http://x.test/",
                        "headers", Map.of("authorization", "x"),
                        "auth", Map.of("type", "bearer", "token", "t"))));
    assertThat(failure)
        .hasMessage("\"auth\" and the header Authorization both say who the client is");
  }

  private static TestServer tokens(boolean onlyForm, long expiresIn) throws Exception {
    return TestServer.of(
        (request, out, socket) -> {
          if (request.target().equals("/token")) {
            boolean inHeader = request.header("Authorization").equals(basic("c+1:s%26e"));
            boolean inForm = request.text().contains("client_id=c+1&client_secret=s%26e");
            if (onlyForm ? inForm : inHeader) {
              reply(
                  out,
                  "200 OK",
                  "Content-Type: application/json\r\n",
                  "{\"access_token\":\"tok-5\",\"expires_in\":" + expiresIn + "}");
            } else {
              reply(
                  out,
                  "401 No",
                  "Content-Type: application/json\r\n",
                  "{\"error\":\"invalid_client\",\"error_description\":\"who is that\"}");
            }
          } else {
            String status = request.target().equals("/401") ? "401 No" : "200 OK";
            reply(out, status, "", request.header("Authorization"));
          }
          return true;
        });
  }

  private static Map<String, Object> oauth(TestServer server, String secret) {
    Map<String, Object> auth = new LinkedHashMap<>();
    auth.put("type", "oauth2");
    auth.put("token_url", server.url("/token"));
    auth.put("client_id", "c 1");
    auth.put("client_secret", secret);
    auth.put("scope", "read write");
    return auth;
  }

  private static long asked(TestServer server) {
    return server.seen.stream().filter(seen -> seen.target().equals("/token")).count();
  }

  @Test
  void a_token_is_fetched_once_and_again_when_it_was_refused() throws Exception {
    try (TestServer server = tokens(false, 3600)) {
      assertThat(send(server.url("/a"), oauth(server, "s&e")))
          .containsEntry("body", "Bearer tok-5");
      run.nextFlow();
      send(server.url("/b"), oauth(server, "s&e"));
      assertThat(asked(server)).isEqualTo(1);
      assertThat(server.seen.get(0).text())
          .isEqualTo("grant_type=client_credentials&scope=read+write");
      send(server.url("/401"), oauth(server, "s&e"));
      send(server.url("/c"), oauth(server, "s&e"));
      assertThat(asked(server)).isEqualTo(2);
    }
  }

  @Test
  void a_token_that_has_expired_is_fetched_again() throws Exception {
    try (TestServer server = tokens(false, 0)) {
      send(server.url("/a"), oauth(server, "s&e"));
      send(server.url("/a"), oauth(server, "s&e"));
      assertThat(asked(server)).isEqualTo(2);
    }
  }

  @Test
  void a_token_server_that_wants_the_client_in_the_form_gets_it_there() throws Exception {
    try (TestServer server = tokens(true, 60)) {
      assertThat(send(server.url("/a"), oauth(server, "s&e")))
          .containsEntry("body", "Bearer tok-5");
      assertThat(asked(server)).isEqualTo(2);
    }
  }

  @Test
  void a_client_that_is_refused_is_told_why() throws Exception {
    try (TestServer server = tokens(false, 60)) {
      ActionException failure = failure(server.url("/a"), oauth(server, "wrong"));
      assertThat(failure.code()).isEqualTo("authentication_failed");
      assertThat(failure)
          .hasMessage(
              "no token from "
                  + server.url("/token")
                  + ": it answered 401, invalid_client (who is that)");
    }
    try (TestServer server = TestServer.ok()) {
      assertThat(failure(server.url("/a"), oauth(server, "x")))
          .hasMessage(
              "no token from "
                  + server.url("/token")
                  + ": it answered 200 without an access_token");
    }
  }
}

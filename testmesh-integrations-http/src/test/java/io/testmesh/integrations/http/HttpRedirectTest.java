package io.testmesh.integrations.http;

import static io.testmesh.integrations.http.TestServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRedirectTest {
  private static final String JSON = "Content-Type: application/json\r\n";

  private final HttpRequestAction action = new HttpRequestAction();
  private final TestRun run = new TestRun();

  @AfterEach
  void end() {
    run.close();
  }

  private static TestServer redirecting() throws Exception {
    return TestServer.of(
        (request, out, socket) -> {
          String[] parts = request.target().split("/");
          if (parts[1].equals("end")) {
            reply(out, "200 OK", JSON, "{\"landed\":true}");
          } else {
            int left = Integer.parseInt(parts[2]);
            String to = left == 0 ? "/end" : "/" + parts[1] + "/" + (left - 1);
            reply(
                out,
                parts[1] + " Moved",
                "Location: " + to + "\r\nSet-Cookie: hop=" + left + "\r\n",
                "moved");
          }
          return true;
        });
  }

  @Test
  void redirects_are_followed_up_to_a_number() throws Exception {
    try (TestServer server = redirecting()) {
      Map<String, Object> result = run.http("url", server.url("/302/2"));
      assertThat(result)
          .containsEntry("body", Map.of("landed", true))
          .containsEntry("cookies", Map.of("hop", "0"));
      assertThat(server.seen.get(2).header("Cookie")).isEqualTo("hop=1");
      assertThat(run.http("url", server.url("/302/2"), "follow_redirects", false))
          .containsEntry("status", 302L)
          .containsEntry("body", "moved");
      assertThat(run.http("url", server.url("/302/1"), "max_redirects", 2L))
          .containsEntry("status", 200L);
      server.seen.clear();
      ActionException failure = run.httpFailure("url", server.url("/302/9"), "max_redirects", 2L);
      assertThat(failure.code()).isEqualTo("action_failed");
      assertThat(failure)
          .hasMessage(
              "GET "
                  + server.url("/302/9")
                  + " was redirected more than 2 times (max_redirects), at last to "
                  + server.url("/302/6"));
      assertThat(failure.result().values()).containsEntry("status", 302L);
      assertThat(server.seen).hasSize(3);
    }
  }

  @Test
  void a_number_of_redirects_is_not_negative() {
    assertThat(run.httpFailure("url", "http://x.test/", "max_redirects", -1L))
        .hasMessage("\"max_redirects\" wants a number from 0 on, got -1");
  }

  @ParameterizedTest
  @CsvSource({"303, GET, ''", "302, GET, ''", "307, POST, a", "308, POST, a"})
  void a_redirect_keeps_or_drops_the_body(int status, String method, String body) throws Exception {
    try (TestServer server = redirecting()) {
      run.http("method", "POST", "url", server.url("/" + status + "/0"), "body", "a");
      assertThat(server.seen.get(1).line()).startsWith(method + " /end");
      assertThat(server.seen.get(1).text()).isEqualTo(body);
    }
  }

  @Test
  void credentials_do_not_follow_to_another_host() throws Exception {
    try (TestServer other = TestServer.ok();
        TestServer server =
            TestServer.of(
                (request, out, socket) -> {
                  reply(out, "302 Found", "Location: " + other.url("/x") + "\r\n", "");
                  return true;
                })) {
      run.http(
          "url",
          server.url("/"),
          "auth",
          Map.of("type", "bearer", "token", "t-1"),
          "headers",
          Map.of("Cookie", "own=1"));
      run.http(
          "url",
          server.url("/"),
          "auth",
          Map.of("type", "api_key", "name", "X-Key", "value", "k-1"));
      assertThat(server.seen.get(0).header("Authorization")).isEqualTo("Bearer t-1");
      assertThat(server.seen.get(1).header("X-Key")).isEqualTo("k-1");
      assertThat(other.seen.get(0).headers()).doesNotContainKeys("Authorization", "Cookie");
      assertThat(other.seen.get(1).headers()).doesNotContainKey("X-Key");
    }
  }

  @Test
  void a_redirect_to_another_scheme_fails() throws Exception {
    try (TestServer server =
        TestServer.saying(
            "HTTP/1.1 302 Found", "Location: ftp://x/", "Content-Length: 0", "", "")) {
      assertThat(run.httpFailure("url", server.url("/")))
          .hasMessage(
              "127.0.0.1:"
                  + server.port()
                  + " redirects to \"ftp://x/\", which is neither http nor https");
    }
  }

  @Test
  void cookies_are_kept_within_the_flow() throws Exception {
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              String set =
                  switch (request.target()) {
                    case "/set" -> "Set-Cookie: a=1; Path=/\r\nSet-Cookie: b=2; Path=/deep\r\n";
                    case "/unset" -> "Set-Cookie: a=; Max-Age=0; Path=/\r\n";
                    case "/foreign" -> "Set-Cookie: c=3; Domain=example.org\r\n";
                    default -> "";
                  };
              reply(out, "200 OK", set, "");
              return true;
            })) {
      assertThat(run.http("url", server.url("/set")))
          .containsEntry("cookies", Map.of("a", "1", "b", "2"));
      run.http("url", server.url("/x"), "cookies", Map.of("own", 7L));
      run.http("url", server.url("/deep"));
      run.http("url", server.url("/unset"));
      Map<String, Object> back = new LinkedHashMap<>();
      back.put("own", null);
      run.http("url", server.url("/x"), "cookies", back);
      run.http("url", server.url("/foreign"));
      run.nextFlow();
      run.http("url", server.url("/deep"));
      assertThat(server.seen.stream().map(seen -> seen.header("Cookie")).toList())
          .containsExactly("", "a=1; own=7", "a=1; b=2; own=7", "a=1; own=7", "", "", "");
      assertThat(run.logs).singleElement().asString().contains("is not for this host");
    }
  }
}

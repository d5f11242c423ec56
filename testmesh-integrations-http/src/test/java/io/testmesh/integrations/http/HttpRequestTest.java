package io.testmesh.integrations.http;

import static io.testmesh.integrations.http.TestServer.reply;
import static io.testmesh.integrations.http.TestServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionException;
import io.testmesh.action.TraceContext;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRequestTest {
  private static final String JSON = "Content-Type: application/json\r\n";

  private final HttpRequestAction action = new HttpRequestAction();
  private final TestRun run = new TestRun();

  @AfterEach
  void end() {
    run.close();
  }

  private Map<String, Object> get(String url) throws Exception {
    return run.run(action, Map.of("url", url));
  }

  private Map<String, Object> send(Object... keysAndValues) throws Exception {
    Map<String, Object> config = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      config.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return run.run(action, config);
  }

  private ActionException failure(Object... keysAndValues) {
    try {
      send(keysAndValues);
    } catch (ActionException e) {
      return e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("did not fail");
  }

  private static TestServer ok() throws Exception {
    return TestServer.of(
        (request, out, socket) -> {
          reply(out, "200 OK", JSON, "{\"ok\":true}");
          return true;
        });
  }

  private static TestServer body(String contentType, byte[] body) throws Exception {
    return TestServer.of(
        (request, out, socket) -> {
          reply(out, "200 OK", contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n",
              body);
          return true;
        });
  }

  @Test
  void a_json_body_keeps_its_types() throws Exception {
    try (TestServer server = ok()) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("int", 1L);
      body.put("dec", 19.99);
      body.put("big", new BigDecimal("1.00000000000000000001"));
      body.put("nothing", null);
      body.put("list", Arrays.asList(1L, "2", false));
      Map<String, Object> result = send("method", "post", "url", server.url("/x"), "body", body);
      assertThat(server.seen.get(0).line()).isEqualTo("POST /x HTTP/1.1");
      assertThat(server.seen.get(0).header("Content-Type")).isEqualTo("application/json");
      assertThat(server.seen.get(0).text())
          .isEqualTo(
              "{\"int\":1,\"dec\":19.99,\"big\":1.00000000000000000001,\"nothing\":null,"
                  + "\"list\":[1,\"2\",false]}");
      assertThat(result).containsEntry("status", 200L).containsEntry("body", Map.of("ok", true));
    }
  }

  @Test
  void the_result_holds_every_declared_key() throws Exception {
    try (TestServer server =
        TestServer.saying(
            "HTTP/1.1 200 OK",
            "Content-Type: text/plain; charset=utf-8",
            "X-Multi: one",
            "x-multi: two",
            "Set-Cookie: sid=abc; Path=/",
            "Content-Length: 4",
            "",
            "text")) {
      Map<String, Object> result = get(server.url("/"));
      assertThat(result.keySet())
          .containsExactly(
              "status", "body", "headers", "header_values", "cookies", "content_type",
              "duration_ms", "time", "size");
      assertThat(result)
          .containsEntry("body", "text")
          .containsEntry("cookies", Map.of("sid", "abc"))
          .containsEntry("content_type", "text/plain; charset=utf-8")
          .containsEntry("size", 4L)
          .containsEntry("time", result.get("duration_ms"));
      assertThat(((Map<?, ?>) result.get("headers")).get("X-MULTI")).isEqualTo("one, two");
      assertThat(((Map<?, ?>) result.get("header_values")).get("x-Multi"))
          .isEqualTo(List.of("one", "two"));
    }
  }

  @Test
  void parameters_are_encoded_and_added_to_the_query_of_the_url() throws Exception {
    try (TestServer server = ok()) {
      Map<String, Object> params = new LinkedHashMap<>();
      params.put("q", "a b&c=d+e");
      params.put("page", 2L);
      params.put("price", 1.0e7);
      params.put("uni", "größe");
      params.put("left", null);
      params.put("id", List.of(1L, 2L));
      send("url", server.url("/ü/x?a=1"), "params", params);
      assertThat(server.seen.get(0).target())
          .isEqualTo(
              "/%C3%BC/x?a=1&q=a%20b%26c%3Dd%2Be&page=2&price=10000000&uni=gr%C3%B6%C3%9Fe"
                  + "&id=1&id=2");
    }
  }

  @Test
  void headers_are_sent_as_written_and_win_over_the_defaults() throws Exception {
    try (TestServer server = ok()) {
      run.trace = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=b");
      send(
          "url",
          server.url("/"),
          "headers",
          Map.of("X-Custom", "grün", "X-Many", List.of("1", 2L), "user-agent", "me"));
      TestServer.Seen seen = server.seen.get(0);
      assertThat(seen.header("X-Custom")).isEqualTo("grün");
      assertThat(seen.header("X-Many")).isEqualTo("1|2");
      assertThat(seen.header("User-Agent")).isEqualTo("me");
      assertThat(seen.header("Accept")).isEqualTo("*/*");
      assertThat(seen.header("traceparent")).startsWith("00-0af7651916cd43dd");
      assertThat(seen.header("tracestate")).isEqualTo("a=b");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bad name, x, '\"bad name\" cannot be the name of a header'",
    "X-A, 'a\nb', 'the header \"X-A\" has a line break or control character at character 2'",
  })
  void a_header_that_cannot_be_sent_is_refused(String name, String value, String message) {
    ActionException failure = failure("url", "http://127.0.0.1:1/", "headers", Map.of(name, value));
    assertThat(failure.code()).isEqualTo("invalid_value");
    assertThat(failure).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/orders | has no scheme and host: \"/orders\"; expected http://… or https://… |",
        "localhost:80/x | has no scheme and host: \"localhost:80/x\"; expected http://… or"
            + " https://… | did you mean \"http://localhost:80/x\"?",
        "ftp://x/ | has the scheme \"ftp\": \"ftp://x/\"; expected http://… or https://… |",
        "http://x/a b | has a space or line break at character 11: \"http://x/a b\"; expected"
            + " http://… or https://… | a space is written %20; values of the query can stand in"
            + " \"params\"",
        "'  ' | is empty: \"  \"; expected http://… or https://… |",
        "http://x:99999/ | is no URL (Invalid URL port: \"99999\"): \"http://x:99999/\"; expected"
            + " http://… or https://… |",
        "http:///x | has no host: \"http:///x\"; expected http://… or https://… |",
      })
  void a_url_that_is_none_is_explained(String url, String message, String hint) {
    ActionException failure = failure("url", url);
    assertThat(failure.code()).isEqualTo("invalid_value");
    assertThat(failure).hasMessage("\"url\" " + message);
    assertThat(failure.hint().orElse(null)).isEqualTo(hint);
  }

  @Test
  void an_ipv6_literal_is_a_host() throws Exception {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("::1"));
    try (TestServer server =
        TestServer.on(
            socket,
            (request, out, s) -> {
              reply(out, "200 OK", JSON, "1");
              return true;
            })) {
      assertThat(get("http://[::1]:" + server.port() + "/")).containsEntry("body", 1L);
      assertThat(server.seen.get(0).header("Host")).isEqualTo("[::1]:" + server.port());
    }
  }

  @Test
  void a_text_is_sent_as_it_is_in_the_charset_of_its_type() throws Exception {
    try (TestServer server = ok()) {
      send("method", "PUT", "url", server.url("/"), "body", "{\"a\": é}");
      send("method", "PUT", "url", server.url("/"), "body", "é", "headers",
          Map.of("content-type", "text/plain; charset=ISO-8859-1"));
      assertThat(server.seen.get(0).text()).isEqualTo("{\"a\": é}");
      assertThat(server.seen.get(0).header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
      assertThat(server.seen.get(1).body()).containsExactly(0xe9);
      assertThat(server.seen.get(1).header("Content-Type"))
          .isEqualTo("text/plain; charset=ISO-8859-1");
    }
  }

  @Test
  void a_form_is_url_encoded() throws Exception {
    try (TestServer server = ok()) {
      Map<String, Object> form = new LinkedHashMap<>();
      form.put("a b", "1&2");
      form.put("n", List.of(1L, "ü"));
      send("method", "POST", "url", server.url("/"), "form", form);
      assertThat(server.seen.get(0).text()).isEqualTo("a+b=1%262&n=1&n=%C3%BC");
      assertThat(server.seen.get(0).header("Content-Type"))
          .isEqualTo("application/x-www-form-urlencoded");
    }
  }

  @Test
  void a_multipart_body_holds_texts_files_and_typed_values(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a.csv"), "x;y");
    run.folder = folder;
    try (TestServer server = ok()) {
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("note", "hello");
      parts.put("data", Map.of("file", "a.csv", "filename", "b.csv", "content_type", "text/csv"));
      parts.put("raw", Map.of("file", "a.csv"));
      parts.put("meta", Map.of("value", Map.of("n", 1L)));
      send("method", "POST", "url", server.url("/"), "multipart", parts);
      String text = server.seen.get(0).text();
      assertThat(server.seen.get(0).header("Content-Type"))
          .startsWith("multipart/form-data; boundary=");
      assertThat(text)
          .contains("form-data; name=\"note\"\r\n")
          .contains("name=\"data\"; filename=\"b.csv\"\r\nContent-Type: text/csv\r\n")
          .contains("name=\"raw\"; filename=\"a.csv\"\r\nContent-Type: application/octet-stream\r\n")
          .contains("name=\"meta\"\r\nContent-Type: application/json\r\n")
          .contains("x;y")
          .contains("{\"n\":1}");
    }
  }

  @Test
  void a_file_is_the_body(@TempDir Path folder) throws Exception {
    Files.write(folder.resolve("b.bin"), new byte[] {0, 1, (byte) 255});
    run.folder = folder;
    try (TestServer server = ok()) {
      send("method", "POST", "url", server.url("/"), "file", "b.bin");
      assertThat(server.seen.get(0).body()).containsExactly(0, 1, 255);
      ActionException failure = failure("method", "POST", "url", server.url("/"), "file", "no.bin");
      assertThat(failure.code()).isEqualTo("file_not_found");
      assertThat(failure).hasMessageContaining("\"file\": there is no file \"no.bin\"");
    }
  }

  @Test
  void only_one_key_says_what_the_body_is() {
    assertThat(failure("method", "POST", "url", "http://x/", "body", "a", "form", Map.of("b", "c")))
        .hasMessage("\"body\" and \"form\" both say what the body is; give one of them");
    assertThat(failure("url", "http://x/", "body", "a").hint()).hasValue("set \"method\", such as POST");
    assertThat(
            failure("method", "POST", "url", "http://x/", "body", Map.of("a", 1L), "headers",
                Map.of("Content-Type", "application/x-www-form-urlencoded")))
        .hasMessageStartingWith("\"body\" is a map and would be sent as JSON");
  }

  @Test
  void a_post_without_body_says_so() throws Exception {
    try (TestServer server = ok()) {
      send("method", "POST", "url", server.url("/"));
      assertThat(server.seen.get(0).header("Content-Length")).isEqualTo("0");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/problem+json; charset=utf-8 | {\"a\":1} | {a=1}",
        "application/json | null | ",
        "application/json | {\"id\": 17, | {\"id\": 17,",
        "application/json | '' | ''",
        "text/plain | 42 | 42",
        "'' | plain | plain",
        "text/plain; charset=nonsense | x | x",
      })
  void a_body_is_read_by_its_type(String type, String sent, String expected) throws Exception {
    try (TestServer server = body(type, sent.getBytes(StandardCharsets.UTF_8))) {
      Object value = get(server.url("/")).get("body");
      assertThat(value == null ? null : value.toString()).isEqualTo(expected);
    }
  }

  @Test
  void an_unknown_charset_is_said_in_the_log() throws Exception {
    try (TestServer server = body("text/plain; charset=nonsense", new byte[] {'x'})) {
      get(server.url("/"));
      assertThat(run.logs)
          .containsExactly(
              "WARN the charset \"nonsense\" of the response is not known; read as UTF-8");
    }
  }

  @Test
  void a_charset_is_honoured() throws Exception {
    byte[] latin1 = "café".getBytes(StandardCharsets.ISO_8859_1);
    byte[] japanese = "\"日本\"".getBytes(Charset.forName("Shift_JIS"));
    try (TestServer one = body("text/plain; charset=ISO-8859-1", latin1);
        TestServer two = body("application/json;charset=\"shift_jis\"", japanese)) {
      assertThat(get(one.url("/"))).containsEntry("body", "café").containsEntry("size", 4L);
      assertThat(get(two.url("/"))).containsEntry("body", "日本");
    }
  }

  @Test
  void bytes_are_base64() throws Exception {
    byte[] bytes = {0, 1, (byte) 255};
    try (TestServer one = body("application/octet-stream", bytes);
        TestServer two = body("application/vnd.unknown", bytes);
        TestServer three = body("image/png", "text".getBytes(StandardCharsets.UTF_8))) {
      assertThat(get(one.url("/"))).containsEntry("body", "AAH/").containsEntry("size", 3L);
      assertThat(get(two.url("/"))).containsEntry("body", "AAH/");
      assertThat(get(three.url("/"))).containsEntry("body", "dGV4dA==");
    }
  }

  @Test
  void a_packed_body_is_unpacked_and_its_header_stays() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              boolean head = request.line().startsWith("HEAD");
              reply(out, "200 OK", JSON + "Content-Encoding: gzip\r\n",
                  head ? new byte[0] : packed.toByteArray());
              return true;
            })) {
      Map<String, Object> result = get(server.url("/"));
      assertThat(result).containsEntry("body", Map.of("a", 1L)).containsEntry("size", 7L);
      assertThat(((Map<?, ?>) result.get("headers")).get("content-encoding")).isEqualTo("gzip");
      assertThat(server.seen.get(0).header("Accept-Encoding")).isEqualTo("gzip");
      assertThat(send("method", "HEAD", "url", server.url("/"))).containsEntry("body", "");
    }
  }

  @Test
  void chunks_are_joined() throws Exception {
    try (TestServer server =
        TestServer.saying(
            "HTTP/1.1 200 OK", "Content-Type: application/json", "Transfer-Encoding: chunked", "",
            "4", "{\"a\"", "3", ":1}", "0", "", "")) {
      assertThat(get(server.url("/"))).containsEntry("body", Map.of("a", 1L));
      assertThat(get(server.url("/"))).containsEntry("body", Map.of("a", 1L));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_204_has_an_empty_text() throws Exception {
    try (TestServer server = TestServer.saying("HTTP/1.1 204 No Content", "", "")) {
      assertThat(get(server.url("/")))
          .containsEntry("status", 204L)
          .containsEntry("body", "")
          .containsEntry("content_type", null)
          .containsEntry("size", 0L);
    }
  }

  @Test
  void a_large_body_fails_and_goes_into_a_file(@TempDir Path folder) throws Exception {
    byte[] large = new byte[5000];
    Arrays.fill(large, (byte) 'x');
    run.folder = folder;
    try (TestServer server = body("text/plain", large)) {
      ActionException failure = failure("url", server.url("/"), "max_body", "4kB");
      assertThat(failure.code()).isEqualTo("value_too_large");
      assertThat(failure)
          .hasMessage(
              "the body of the response is larger than 4000 bytes (max_body); its Content-Length is"
                  + " 5000");
      assertThat(failure.result().values()).containsEntry("status", 200L).doesNotContainKey("body");
      assertThat(send("url", server.url("/"), "max_body", 5000L)).containsEntry("size", 5000L);
      Map<String, Object> result =
          send("url", server.url("/"), "max_body", 10L, "to_file", "new/out.txt");
      assertThat(folder.resolve("new")).isDirectoryContaining("glob:**out.txt");
      assertThat(folder.resolve("new/out.txt")).hasBinaryContent(large);
      assertThat(result)
          .containsEntry("file", folder.resolve("new/out.txt").toString())
          .containsEntry("size", 5000L)
          .containsEntry(
              "sha256", "c59d3c0480cc2d71d8f646e735e92da65450311eec46e81a5db8c7e6e8a92054")
          .doesNotContainKey("body");
      assertThat(Files.list(folder.resolve("new"))).hasSize(1);
    }
  }

  @Test
  void a_large_body_without_a_length_is_not_read_to_its_end() throws Exception {
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              write(out, "HTTP/1.1 200 OK\r\n\r\n");
              byte[] some = new byte[1 << 16];
              while (!Thread.interrupted()) {
                out.write(some);
              }
              return false;
            })) {
      ActionException failure = failure("url", server.url("/"), "max_body", "1MiB");
      assertThat(failure).hasMessage("the body of the response is larger than 1048576 bytes (max_body)");
    }
  }

  @Test
  void a_status_of_400_needs_a_word_about_it() throws Exception {
    try (TestServer server = TestServer.saying("HTTP/1.1 500 Oops", "Content-Length: 2", "", "no")) {
      ActionException failure = failure("url", server.url("/a"));
      assertThat(failure.code()).isEqualTo("unexpected_status");
      assertThat(failure)
          .hasMessage(
              "GET " + server.url("/a")
                  + " answered 500, and the step says nothing about the status");
      assertThat(failure.hint()).hasValue("if that is right: expect_status: 500, or any");
      assertThat(failure.result().values()).containsEntry("status", 500L).containsEntry("body", "no");
      for (Object fine : List.of(500L, "5xx", "any", List.of(200L, "500"))) {
        assertThat(send("url", server.url("/"), "expect_status", fine)).containsEntry("status", 500L);
      }
      assertThat(failure("url", server.url("/a"), "expect_status", List.of(201L, "3xx")))
          .hasMessage("GET " + server.url("/a") + " answered 500, expected 201 or 3xx");
      assertThat(failure("url", server.url("/"), "expect_status", "ok"))
          .hasMessage(
              "\"expect_status\" wants a status such as 201, a class such as 2xx, any, or a list of"
                  + " these, got \"ok\"");
      run.assertedKeys = Set.of("body");
      assertThat(get(server.url("/"))).containsEntry("status", 500L);
      run.assertedKeys = Set.of("headers", "duration_ms");
      assertThat(failure("url", server.url("/")).code()).isEqualTo("unexpected_status");
    }
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
            reply(out, parts[1] + " Moved", "Location: " + to + "\r\nSet-Cookie: hop=" + left
                + "\r\n", "moved");
          }
          return true;
        });
  }

  @Test
  void redirects_are_followed_up_to_a_number() throws Exception {
    try (TestServer server = redirecting()) {
      Map<String, Object> result = get(server.url("/302/2"));
      assertThat(result)
          .containsEntry("body", Map.of("landed", true))
          .containsEntry("cookies", Map.of("hop", "0"));
      assertThat(server.seen.get(2).header("Cookie")).isEqualTo("hop=1");
      assertThat(send("url", server.url("/302/2"), "follow_redirects", false))
          .containsEntry("status", 302L)
          .containsEntry("body", "moved");
      assertThat(send("url", server.url("/302/1"), "max_redirects", 2L))
          .containsEntry("status", 200L);
      server.seen.clear();
      ActionException failure = failure("url", server.url("/302/9"), "max_redirects", 2L);
      assertThat(failure.code()).isEqualTo("action_failed");
      assertThat(failure)
          .hasMessage(
              "GET " + server.url("/302/9")
                  + " was redirected more than 2 times (max_redirects), at last to "
                  + server.url("/302/6"));
      assertThat(failure.result().values()).containsEntry("status", 302L);
      assertThat(server.seen).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"303, GET, ''", "302, GET, ''", "307, POST, a", "308, POST, a"})
  void a_redirect_keeps_or_drops_the_body(int status, String method, String body) throws Exception {
    try (TestServer server = redirecting()) {
      send("method", "POST", "url", server.url("/" + status + "/0"), "body", "a");
      assertThat(server.seen.get(1).line()).startsWith(method + " /end");
      assertThat(server.seen.get(1).text()).isEqualTo(body);
    }
  }

  @Test
  void credentials_do_not_follow_to_another_host() throws Exception {
    try (TestServer other = ok();
        TestServer server =
            TestServer.of(
                (request, out, socket) -> {
                  reply(out, "302 Found", "Location: " + other.url("/x") + "\r\n", "");
                  return true;
                })) {
      send("url", server.url("/"), "auth", Map.of("type", "bearer", "token", "t-1"), "headers",
          Map.of("Cookie", "own=1"));
      send("url", server.url("/"), "auth",
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
        TestServer.saying("HTTP/1.1 302 Found", "Location: ftp://x/", "Content-Length: 0", "", "")) {
      assertThat(failure("url", server.url("/")))
          .hasMessage(
              "127.0.0.1:" + server.port()
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
      assertThat(get(server.url("/set"))).containsEntry("cookies", Map.of("a", "1", "b", "2"));
      send("url", server.url("/x"), "cookies", Map.of("own", 7L));
      get(server.url("/deep"));
      get(server.url("/unset"));
      Map<String, Object> back = new LinkedHashMap<>();
      back.put("own", null);
      send("url", server.url("/x"), "cookies", back);
      get(server.url("/foreign"));
      run.nextFlow();
      get(server.url("/deep"));
      assertThat(server.seen.stream().map(seen -> seen.header("Cookie")).toList())
          .containsExactly("", "a=1; own=7", "a=1; b=2; own=7", "a=1; own=7", "", "", "");
      assertThat(run.logs).singleElement().asString().contains("is not for this host");
    }
  }

  @Test
  void a_503_is_not_asked_again() throws Exception {
    try (TestServer server =
        TestServer.saying(
            "HTTP/1.1 503 Busy", "Retry-After: 0", "Content-Length: 0", "", "")) {
      Map<String, Object> result = send("url", server.url("/"), "expect_status", 503L);
      assertThat(server.seen).hasSize(1);
      assertThat(((Map<?, ?>) result.get("headers")).keySet().toString())
          .isEqualTo("[Content-Length, Retry-After]");
    }
  }

  @Test
  void many_threads_share_the_connections() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try (TestServer server =
        TestServer.of(
            (request, out, socket) -> {
              reply(out, "200 OK", JSON, "\"" + request.target() + "\"");
              return true;
            })) {
      List<Future<Object>> answers = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        String path = "/" + i;
        Callable<Object> one = () -> get(server.url(path)).get("body");
        answers.add(pool.submit(one));
      }
      for (int i = 0; i < 400; i++) {
        assertThat(answers.get(i).get()).isEqualTo("/" + i);
      }
      assertThat(server.connections()).isLessThanOrEqualTo(8);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void the_summary_shows_what_was_called_and_what_came_back() throws Exception {
    Map<String, Object> config = Map.of("method", "post", "url", "http://x/orders");
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("status", 201L);
    result.put("content_type", "application/json; charset=utf-8");
    result.put("size", 41L);
    result.put("body", Map.of("id", "o-\"17"));
    var summary = action.summarize(config, result);
    assertThat(summary.target()).isEqualTo("POST http://x/orders");
    assertThat(summary.headline()).isEqualTo("response: 201, application/json, 41 bytes");
    assertThat(summary.text()).isEqualTo("{\"id\":\"o-\\\"17\"}");
    assertThat(action.summarize(config, Map.of()).headline()).isNull();
  }

  @Test
  void a_proxy_carries_the_request() throws Exception {
    try (TestServer proxy = ok()) {
      send("url", "http://shop.test/x", "proxy", "http://ada:pw@127.0.0.1:" + proxy.port());
      assertThat(proxy.seen.get(0).line()).isEqualTo("GET http://shop.test/x HTTP/1.1");
      assertThatThrownBy(() -> send("url", "http://x/", "proxy", "127.0.0.1:1"))
          .hasMessageStartingWith("\"proxy\" has no scheme and host");
    }
  }
}

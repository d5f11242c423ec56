package io.testmesh.integrations.http;

import static io.testmesh.integrations.http.TestServer.reply;
import static io.testmesh.integrations.http.TestServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpResponseTest {
  private static final String JSON = "Content-Type: application/json\r\n";

  private final HttpRequestAction action = new HttpRequestAction();
  private final TestRun run = new TestRun();

  @AfterEach
  void end() {
    run.close();
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
      Map<String, Object> result = run.http("url", server.url("/"));
      assertThat(result.keySet())
          .containsExactly(
              "status",
              "body",
              "headers",
              "header_values",
              "cookies",
              "content_type",
              "duration_ms",
              "time",
              "size");
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
    try (TestServer server = TestServer.answering(type, sent.getBytes(StandardCharsets.UTF_8))) {
      Object value = run.http("url", server.url("/")).get("body");
      assertThat(value == null ? null : value.toString()).isEqualTo(expected);
    }
  }

  @Test
  void an_unknown_charset_is_said_in_the_log() throws Exception {
    try (TestServer server =
        TestServer.answering("text/plain; charset=nonsense", new byte[] {'x'})) {
      run.http("url", server.url("/"));
      assertThat(run.logs)
          .containsExactly(
              "WARN the charset \"nonsense\" of the response is not known; read as UTF-8");
    }
  }

  @Test
  void a_charset_is_honoured() throws Exception {
    byte[] latin1 = "café".getBytes(StandardCharsets.ISO_8859_1);
    byte[] japanese = "\"日本\"".getBytes(Charset.forName("Shift_JIS"));
    try (TestServer one = TestServer.answering("text/plain; charset=ISO-8859-1", latin1);
        TestServer two = TestServer.answering("application/json;charset=\"shift_jis\"", japanese)) {
      assertThat(run.http("url", one.url("/")))
          .containsEntry("body", "café")
          .containsEntry("size", 4L);
      assertThat(run.http("url", two.url("/"))).containsEntry("body", "日本");
    }
  }

  @Test
  void bytes_are_base64() throws Exception {
    byte[] bytes = {0, 1, (byte) 255};
    try (TestServer one = TestServer.answering("application/octet-stream", bytes);
        TestServer two = TestServer.answering("application/vnd.unknown", bytes);
        TestServer three =
            TestServer.answering("image/png", "text".getBytes(StandardCharsets.UTF_8))) {
      assertThat(run.http("url", one.url("/")))
          .containsEntry("body", "AAH/")
          .containsEntry("size", 3L);
      assertThat(run.http("url", two.url("/"))).containsEntry("body", "AAH/");
      assertThat(run.http("url", three.url("/"))).containsEntry("body", "dGV4dA==");
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
              reply(
                  out,
                  "200 OK",
                  JSON + "Content-Encoding: gzip\r\n",
                  head ? new byte[0] : packed.toByteArray());
              return true;
            })) {
      Map<String, Object> result = run.http("url", server.url("/"));
      assertThat(result).containsEntry("body", Map.of("a", 1L)).containsEntry("size", 7L);
      assertThat(((Map<?, ?>) result.get("headers")).get("content-encoding")).isEqualTo("gzip");
      assertThat(server.seen.get(0).header("Accept-Encoding")).isEqualTo("gzip");
      assertThat(run.http("method", "HEAD", "url", server.url("/"))).containsEntry("body", "");
    }
  }

  @Test
  void chunks_are_joined() throws Exception {
    try (TestServer server =
        TestServer.saying(
            "HTTP/1.1 200 OK",
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
            "",
            "4",
            "{\"a\"",
            "3",
            ":1}",
            "0",
            "",
            "")) {
      assertThat(run.http("url", server.url("/"))).containsEntry("body", Map.of("a", 1L));
      assertThat(run.http("url", server.url("/"))).containsEntry("body", Map.of("a", 1L));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_204_has_an_empty_text() throws Exception {
    try (TestServer server = TestServer.saying("HTTP/1.1 204 No Content", "", "")) {
      assertThat(run.http("url", server.url("/")))
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
    try (TestServer server = TestServer.answering("text/plain", large)) {
      ActionException failure = run.httpFailure("url", server.url("/"), "max_body", "4kB");
      assertThat(failure.code()).isEqualTo("value_too_large");
      assertThat(failure)
          .hasMessage(
              "the body of the response is larger than 4000 bytes (max_body); its Content-Length is"
                  + " 5000");
      assertThat(failure.result().values()).containsEntry("status", 200L).doesNotContainKey("body");
      assertThat(run.http("url", server.url("/"), "max_body", 5000L)).containsEntry("size", 5000L);
      Map<String, Object> result =
          run.http("url", server.url("/"), "max_body", 10L, "to_file", "new/out.txt");
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
      ActionException failure = run.httpFailure("url", server.url("/"), "max_body", "1MiB");
      assertThat(failure)
          .hasMessage("the body of the response is larger than 1048576 bytes (max_body)");
    }
  }

  @Test
  void a_status_of_400_needs_a_word_about_it() throws Exception {
    try (TestServer server =
        TestServer.saying("HTTP/1.1 500 Oops", "Content-Length: 2", "", "no")) {
      ActionException failure = run.httpFailure("url", server.url("/a"));
      assertThat(failure.code()).isEqualTo("unexpected_status");
      assertThat(failure)
          .hasMessage(
              "GET "
                  + server.url("/a")
                  + " answered 500, and the step says nothing about the status");
      assertThat(failure.hint()).hasValue("if that is right: expect_status: 500, or any");
      assertThat(failure.result().values())
          .containsEntry("status", 500L)
          .containsEntry("body", "no");
      for (Object fine : List.of(500L, "5xx", "5XX", "any", List.of(200L, "500"))) {
        assertThat(run.http("url", server.url("/"), "expect_status", fine))
            .containsEntry("status", 500L);
      }
      assertThat(run.httpFailure("url", server.url("/a"), "expect_status", List.of(201L, "3xx")))
          .hasMessage("GET " + server.url("/a") + " answered 500, expected 201 or 3xx");
      assertThat(run.httpFailure("url", server.url("/"), "expect_status", "ok"))
          .hasMessage(
              "\"expect_status\" wants a status such as 201, a class such as 2xx, any, or a list of"
                  + " these, got \"ok\"");
      run.assertedKeys = Set.of("body");
      assertThat(run.http("url", server.url("/"))).containsEntry("status", 500L);
      run.assertedKeys = Set.of("headers", "duration_ms");
      assertThat(run.httpFailure("url", server.url("/")).code()).isEqualTo("unexpected_status");
    }
  }

  @Test
  void json_that_is_none_is_said_in_the_log() throws Exception {
    try (TestServer server =
        TestServer.answering("application/json", "{".getBytes(StandardCharsets.UTF_8))) {
      run.http("url", server.url("/"));
      assertThat(run.logs)
          .singleElement()
          .asString()
          .startsWith(
              "WARN the body is a text, although its content type is JSON: not JSON at line");
    }
  }

  @Test
  void a_503_is_not_asked_again() throws Exception {
    try (TestServer server =
        TestServer.saying("HTTP/1.1 503 Busy", "Retry-After: 0", "Content-Length: 0", "", "")) {
      Map<String, Object> result = run.http("url", server.url("/"), "expect_status", 503L);
      assertThat(server.seen).hasSize(1);
      assertThat(((Map<?, ?>) result.get("headers")).keySet().toString())
          .isEqualTo("[Content-Length, Retry-After]");
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
}

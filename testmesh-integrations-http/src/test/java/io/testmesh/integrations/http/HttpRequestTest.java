package io.testmesh.integrations.http;

import static io.testmesh.integrations.http.TestServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionException;
import io.testmesh.action.TraceContext;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  @Test
  void a_json_body_keeps_its_types() throws Exception {
    try (TestServer server = TestServer.ok()) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("int", 1L);
      body.put("dec", 19.99);
      body.put("big", new BigDecimal("1.00000000000000000001"));
      body.put("nothing", null);
      body.put("list", Arrays.asList(1L, "2", false));
      Map<String, Object> result =
          run.http("method", "post", "url", server.url("/x"), "body", body);
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
  void parameters_are_encoded_and_added_to_the_query_of_the_url() throws Exception {
    try (TestServer server = TestServer.ok()) {
      Map<String, Object> params = new LinkedHashMap<>();
      params.put("q", "a b&c=d+e");
      params.put("page", 2L);
      params.put("price", 1.0e7);
      params.put("uni", "größe");
      params.put("left", null);
      params.put("id", List.of(1L, 2L));
      run.http("url", server.url("/ü/x?a=1"), "params", params);
      assertThat(server.seen.get(0).target())
          .isEqualTo(
              "/%C3%BC/x?a=1&q=a%20b%26c%3Dd%2Be&page=2&price=10000000&uni=gr%C3%B6%C3%9Fe"
                  + "&id=1&id=2");
    }
  }

  @Test
  void headers_are_sent_as_written_and_win_over_the_defaults() throws Exception {
    try (TestServer server = TestServer.ok()) {
      run.trace =
          new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=b");
      run.http(
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
    ActionException failure =
        run.httpFailure("url", "http://127.0.0.1:1/", "headers", Map.of(name, value));
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
    ActionException failure = run.httpFailure("url", url);
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
      assertThat(run.http("url", "http://[::1]:" + server.port() + "/")).containsEntry("body", 1L);
      assertThat(server.seen.get(0).header("Host")).isEqualTo("[::1]:" + server.port());
    }
  }

  @Test
  void a_text_is_sent_as_it_is_in_the_charset_of_its_type() throws Exception {
    try (TestServer server = TestServer.ok()) {
      run.http("method", "PUT", "url", server.url("/"), "body", "{\"a\": é}");
      run.http(
          "method",
          "PUT",
          "url",
          server.url("/"),
          "body",
          "é",
          "headers",
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
    try (TestServer server = TestServer.ok()) {
      Map<String, Object> form = new LinkedHashMap<>();
      form.put("a b", "1&2");
      form.put("n", List.of(1L, "ü"));
      run.http("method", "POST", "url", server.url("/"), "form", form);
      assertThat(server.seen.get(0).text()).isEqualTo("a+b=1%262&n=1&n=%C3%BC");
      assertThat(server.seen.get(0).header("Content-Type"))
          .isEqualTo("application/x-www-form-urlencoded");
    }
  }

  @Test
  void a_multipart_body_holds_texts_files_and_typed_values(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a.csv"), "x;y");
    run.folder = folder;
    try (TestServer server = TestServer.ok()) {
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("note", "hello");
      parts.put("data", Map.of("file", "a.csv", "filename", "b.csv", "content_type", "text/csv"));
      parts.put("raw", Map.of("file", "a.csv"));
      parts.put("meta", Map.of("value", Map.of("n", 1L)));
      run.http("method", "POST", "url", server.url("/"), "multipart", parts);
      String text = server.seen.get(0).text();
      assertThat(server.seen.get(0).header("Content-Type"))
          .startsWith("multipart/form-data; boundary=");
      assertThat(text)
          .contains("form-data; name=\"note\"\r\n")
          .contains("name=\"data\"; filename=\"b.csv\"\r\nContent-Type: text/csv\r\n")
          .contains(
              "name=\"raw\"; filename=\"a.csv\"\r\nContent-Type: application/octet-stream\r\n")
          .contains("name=\"meta\"\r\nContent-Type: application/json\r\n")
          .contains("x;y")
          .contains("{\"n\":1}");
    }
  }

  @Test
  void a_file_is_the_body(@TempDir Path folder) throws Exception {
    Files.write(folder.resolve("b.bin"), new byte[] {0, 1, (byte) 255});
    run.folder = folder;
    try (TestServer server = TestServer.ok()) {
      run.http("method", "POST", "url", server.url("/"), "file", "b.bin");
      assertThat(server.seen.get(0).body()).containsExactly(0, 1, 255);
      ActionException failure =
          run.httpFailure("method", "POST", "url", server.url("/"), "file", "no.bin");
      assertThat(failure.code()).isEqualTo("file_not_found");
      assertThat(failure).hasMessageContaining("\"file\": there is no file \"no.bin\"");
    }
  }

  @Test
  void only_one_key_says_what_the_body_is() {
    assertThat(
            run.httpFailure(
                "method", "POST", "url", "http://x/", "body", "a", "form", Map.of("b", "c")))
        .hasMessage("\"body\" and \"form\" both say what the body is; give one of them");
    assertThat(run.httpFailure("url", "http://x/", "body", "a").hint())
        .hasValue("set \"method\", such as POST");
    assertThat(
            run.httpFailure(
                "method",
                "POST",
                "url",
                "http://x/",
                "body",
                Map.of("a", 1L),
                "headers",
                Map.of("Content-Type", "application/x-www-form-urlencoded")))
        .hasMessageStartingWith("\"body\" is a map and would be sent as JSON");
  }

  @Test
  void a_post_without_body_says_so() throws Exception {
    try (TestServer server = TestServer.ok()) {
      run.http("method", "POST", "url", server.url("/"));
      assertThat(server.seen.get(0).header("Content-Length")).isEqualTo("0");
    }
  }

  @Test
  void warming_up_leaves_nothing_open() throws Exception {
    action.warmUp().orElseThrow().run();
    try (TestServer server = TestServer.ok()) {
      assertThat(run.http("url", server.url("/"))).containsEntry("status", 200L);
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
        Callable<Object> one = () -> run.http("url", server.url(path)).get("body");
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
  void a_proxy_carries_the_request() throws Exception {
    try (TestServer proxy = TestServer.ok()) {
      run.http("url", "http://shop.test/x", "proxy", "http://ada:pw@127.0.0.1:" + proxy.port());
      assertThat(proxy.seen.get(0).line()).isEqualTo("GET http://shop.test/x HTTP/1.1");
      assertThatThrownBy(() -> run.http("url", "http://x/", "proxy", "127.0.0.1:1"))
          .hasMessageStartingWith("\"proxy\" has no scheme and host");
    }
  }
}

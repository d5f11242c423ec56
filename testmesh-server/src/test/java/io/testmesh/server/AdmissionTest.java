package io.testmesh.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may call, and what is refused before anything is done. */
@Timeout(60)
class AdmissionTest {
  private static final String TEXT = "{\"flow\": \"flow: {name: a, steps: []}\"}";

  @TempDir Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    server = new RunningServer(TestMeshServer.builder());
  }

  @AfterEach
  void nothing_is_left() throws Exception {
    server.close();
  }

  @Test
  @Row("K1")
  void another_host_is_refused_before_the_path_is_looked_at() throws Exception {
    for (String host :
        new String[] {
          "evil.example",
          "evil.example:" + port(),
          "localhost",
          "localhost:1",
          "127.0.0.1.evil:1",
          "localhost.evil.example:" + port(),
          "127.0.0.1:" + port() + "@evil.example"
        }) {
      Reply reply = server.raw("GET", "/not/there", Map.of("Host", host), null);

      assertThat(reply.status()).as(host).isEqualTo(403);
      assertThat(reply.at("code")).isEqualTo("FOREIGN_HOST");
      assertThat(reply.at("error")).isEqualTo("this server is not \"" + host + "\"");
      assertThat(reply.at("hint")).isEqualTo("call it localhost:" + port());
    }
  }

  @Test
  @Row("K1")
  void own_names_are_let_in_over_both_addresses() throws Exception {
    for (String host : new String[] {"localhost:", "LOCALHOST:", "127.0.0.1:", "[::1]:"}) {
      assertThat(server.raw("GET", "/api/v1/executions", Map.of("Host", host + port()), null))
          .extracting(Reply::status)
          .as(host)
          .isEqualTo(200);
    }
  }

  @Test
  @Row("K2")
  void pages_of_other_sites_are_refused() throws Exception {
    Map<String, String> json = Map.of("Content-Type", "application/json");
    for (String origin :
        new String[] {"https://evil.example", "null", "http://localhost:1", "https://localhost"}) {
      Reply reply = server.call("POST", "/executions", with(json, "Origin", origin), TEXT);
      assertThat(reply.status()).as(origin).isEqualTo(403);
      assertThat(reply.at("code")).isEqualTo("FOREIGN_ORIGIN");
    }
    for (String site : new String[] {"cross-site", "same-site"}) {
      Reply reply = server.call("GET", "/executions", Map.of("Sec-Fetch-Site", site), null);
      assertThat(reply.status()).as(site).isEqualTo(403);
    }
    assertThat(server.get("/executions").at("total")).isEqualTo(0L);
  }

  @Test
  @Row("K2")
  void no_header_lets_other_sites_in() throws Exception {
    String own = "http://localhost:" + port();

    Reply reply = server.call("GET", "/executions", Map.of("Origin", own), null);
    Reply asked = server.call("OPTIONS", "/executions", Map.of("Origin", own), null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(asked.status()).isEqualTo(405);
    assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("Access-Control"));
    assertThat(asked.headers().keySet()).noneMatch(name -> name.startsWith("Access-Control"));
  }

  @Test
  @Row("K3")
  void a_body_that_is_no_json_is_refused() throws Exception {
    for (String type :
        new String[] {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"}) {
      Reply reply = server.call("POST", "/executions", Map.of("Content-Type", type), TEXT);

      assertThat(reply.status()).as(type).isEqualTo(415);
      assertThat(reply.at("error")).isEqualTo("this call takes JSON, not \"" + type + "\"");
      assertThat(reply.at("hint")).isEqualTo("send the header Content-Type: application/json");
    }
    assertThat(server.call("POST", "/executions", Map.of(), TEXT).status()).isEqualTo(415);
  }

  @Test
  @Row("K4")
  void an_address_that_others_reach_wants_a_token() {
    assertThatThrownBy(() -> TestMeshServer.builder().port(0).host("0.0.0.0").start())
        .isInstanceOf(ServerException.class)
        .hasMessage("the host \"0.0.0.0\" can be reached by others, and there is no token");
  }

  @Test
  @Row("K4")
  void an_address_that_others_reach_is_served_with_a_token() throws Exception {
    try (RunningServer open =
        new RunningServer(TestMeshServer.builder().host("0.0.0.0").token("a long secret"))) {
      int port = open.server.port();
      Map<String, String> good = Map.of("Authorization", "Bearer a long secret");

      Reply without = open.get("/executions");
      assertThat(without.status()).isEqualTo(401);
      assertThat(without.headers()).containsEntry("WWW-Authenticate", "Bearer");
      assertThat(without.at("error")).isEqualTo("this server wants a token");
      Reply wrong = open.call("GET", "/executions", Map.of("Authorization", "Bearer x"), null);
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.at("error")).isEqualTo("the token is not the right one");
      assertThat(open.call("GET", "/executions", good, null).status()).isEqualTo(200);
      assertThat(
              open.call("GET", "/executions", with(good, "Host", "10.1.2.3:" + port), null)
                  .status())
          .isEqualTo(200);
      assertThat(
              open.call("GET", "/executions", with(good, "Host", "evil.example:" + port), null)
                  .status())
          .isEqualTo(403);
    }
  }

  @Test
  @Row("K5")
  void a_part_of_the_path_that_leads_away_is_refused() throws Exception {
    for (String part :
        new String[] {"a%2Fb", "a%2fb", "%2e%2e", "..", "a%5Cb", "%00", "%zz", "%C0"}) {
      Reply reply = server.get("/executions/" + part);

      assertThat(reply.status()).as(part + " " + reply.body()).isEqualTo(400);
    }
    assertThat(server.get("/executions/a%2Fb").at("error"))
        .isEqualTo("\"a%2Fb\" cannot be a part of a path");
  }

  @Test
  @Row("K6")
  void a_body_that_is_too_large_is_refused() throws Exception {
    Reply reply = server.post("/executions", "{\"flow\": \"" + "x".repeat(9_000_000) + "\"}");

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.at("code")).isEqualTo("BODY_TOO_LARGE");
    assertThat(server.get("/executions").status()).isEqualTo(200);
  }

  @Test
  @Row("K6")
  void malformed_json_is_refused_with_its_place() throws Exception {
    Reply reply = server.post("/executions", "{\n  \"flow\": tru}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.at("code")).isEqualTo("MALFORMED_JSON");
    assertThat(reply.at("line")).isEqualTo(2L);
    assertThat(server.post("/executions", "").status()).isEqualTo(400);
    assertThat(server.post("/executions", "[]").at("error"))
        .isEqualTo("the body has to be a JSON object, not a list");
  }

  @Test
  @Row("K6")
  void unknown_missing_and_wrong_fields_are_told_with_a_pointer() throws Exception {
    Reply unknown = server.post("/executions", "{\n \"flwo\": \"x\"}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.at("error")).isEqualTo("unknown key \"flwo\"");
    assertThat(unknown.at("pointer")).isEqualTo("/flwo");
    assertThat(unknown.at("line")).isEqualTo(2L);
    assertThat(server.post("/executions", "{}").at("error"))
        .isEqualTo("one of \"flow\" (its text) and \"path\" has to be given");
    assertThat(server.post("/executions", "{\"flow\": 5}").at("error"))
        .isEqualTo("\"flow\" wants a text, got the number 5");
  }

  @Test
  @Row("K9")
  void a_taken_port_is_a_clear_error() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> TestMeshServer.builder().port(port).start())
          .isInstanceOf(ServerException.class)
          .hasMessage("port " + port + " is taken by another program");
    }
  }

  @Test
  void an_unknown_path_is_told_with_the_one_that_was_meant() throws Exception {
    Reply reply = server.get("/execution");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.at("code")).isEqualTo("ROUTE_NOT_FOUND");
    assertThat(reply.at("error")).isEqualTo("there is nothing at /api/v1/execution");
    assertThat(reply.at("hint")).isEqualTo("did you mean \"/api/v1/executions\"?");
    assertThat(server.raw("GET", "/executions", Map.of(), null).at("hint"))
        .isEqualTo("did you mean \"/api/v1/executions\"?");
  }

  @Test
  void a_wrong_method_is_told_with_those_that_are_taken() throws Exception {
    Reply reply = server.call("PUT", "/executions", Map.of(), null);

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", "GET, POST");
    assertThat(reply.at("error"))
        .isEqualTo("/api/v1/executions does not take PUT; it takes GET, POST");
  }

  @Test
  void head_is_get_without_a_body() throws Exception {
    Reply reply = server.call("HEAD", "/executions", Map.of(), null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void a_token_file_is_made_for_its_owner_alone() throws Exception {
    Path file = folder.resolve("own/token");

    AccessToken made = AccessToken.of(file);
    AccessToken read = AccessToken.of(file);

    assertThat(made.made()).isTrue();
    assertThat(made.text()).hasSizeGreaterThan(40);
    assertThat(read).isEqualTo(new AccessToken(made.text(), false));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> AccessToken.of(file))
        .hasMessage("others may use the token file " + file + "; cure: chmod 600 " + file);
  }

  private int port() {
    return server.server.port();
  }

  private static Map<String, String> with(Map<String, String> some, String name, String value) {
    Map<String, String> all = new java.util.TreeMap<>(some);
    all.put(name, value);
    return all;
  }
}

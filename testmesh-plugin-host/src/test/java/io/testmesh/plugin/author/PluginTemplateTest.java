package io.testmesh.plugin.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.json.JsonDocument;
import io.testmesh.plugin.manifest.ManifestReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The folders that authors begin with: they pass the check, and they run. */
final class PluginTemplateTest {
  @TempDir private Path folder;
  private final ManifestReader reader = new ManifestReader(() -> Set.of("log"), "0.1.0");
  private final PluginTemplate template = new PluginTemplate(reader);

  @ParameterizedTest
  @EnumSource(PluginTemplate.Language.class)
  void a_new_plugin_passes_the_check_without_a_finding(PluginTemplate.Language language)
      throws Exception {
    Path made = template.create(folder, "price-scraper", language);

    assertThat(made).isEqualTo(folder.resolve("price-scraper"));
    assertThat(new PluginCheck(reader, ProtocolChecks.none()).check(made)).isEmpty();
    assertThat(reader.read(made).name()).isEqualTo("Price scraper");
    try (Stream<Path> files = Files.list(made)) {
      for (Path file : files.toList()) {
        assertThat(file).content().doesNotContain("{{");
      }
    }
    assertThat(made.resolve("test-flow.yaml")).content().contains("action: price-scraper.hello");
  }

  @ParameterizedTest
  @EnumSource(PluginTemplate.Language.class)
  void it_speaks_the_protocol_and_survives_bad_requests(PluginTemplate.Language language)
      throws Exception {
    Path made = template.create(folder, "hi", language);
    try (Running plugin = Running.start(made, language)) {
      assertThat(plugin.get("/health")).containsEntry("status", "healthy");
      Map<String, Object> info = plugin.get("/info");
      assertThat(info).containsEntry("id", "hi").containsEntry("version", "0.1.0");
      assertThat(info.get("actions").toString())
          .contains("id=hi.hello")
          .contains("required=[name]");

      Map<String, Object> done =
          plugin.execute(
              "{\"action\": \"hi.hello\", \"config\": {\"name\": \"Z\u00FC\uD83D\uDE00\"}, "
                  + "\"context\": {}}");
      assertThat(done)
          .containsEntry("success", true)
          .containsEntry("output", Map.of("greeting", "Hello, Z\u00FC\uD83D\uDE00!"));
      assertThat(done.get("logs").toString()).contains("message=greeting Z\u00FC").contains("Z}");

      assertThat(code(plugin.execute("{\"action\": \"nobody\"}"))).isEqualTo("UNKNOWN_ACTION");
      assertThat(code(plugin.execute("{\"action\": \"hi.hello\"}"))).isEqualTo("INVALID_CONFIG");
      for (String bad :
          List.of(
              "{",
              "",
              "[]",
              "5",
              "null",
              "{\"action\": 5}",
              "{\"action\": \"__proto__\"}",
              "{\"action\": \"hi.hello\", \"config\": []}",
              "{\"action\": \"hi.hello\", \"config\": \"x\"}",
              "[".repeat(10_000))) {
        assertThat(plugin.execute(bad)).as(bad).containsEntry("success", false);
      }
      assertThat(plugin.get("/health")).containsEntry("status", "healthy");
      assertThat(plugin.get("/nowhere")).containsEntry("error", "not found");
      plugin.shutdown();
    }
  }

  private static Object code(Map<String, Object> answer) {
    return Objects.requireNonNull((Map<?, ?>) answer.get("error")).get("code");
  }

  /** A template's program, as a process. */
  private record Running(Process process, int port, HttpClient client) implements AutoCloseable {
    static Running start(Path made, PluginTemplate.Language language) throws Exception {
      boolean python = language == PluginTemplate.Language.PYTHON;
      ProcessBuilder command =
          python
              ? new ProcessBuilder("python3", "server.py")
              : new ProcessBuilder("node", "server.js");
      int port;
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      command.directory(made.toFile()).redirectErrorStream(true);
      command.environment().put("PLUGIN_PORT", Integer.toString(port));
      Process process = command.start();
      BufferedReader out = process.inputReader();
      assertThat(out.readLine()).isEqualTo("hi listening on port " + port);
      HttpClient client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofSeconds(10))
              .build();
      return new Running(process, port, client);
    }

    Map<String, Object> get(String path) throws Exception {
      return send(request(path).GET().build());
    }

    Map<String, Object> execute(String body) throws Exception {
      return send(request("/execute").POST(BodyPublishers.ofString(body)).build());
    }

    void shutdown() throws Exception {
      send(request("/shutdown").POST(BodyPublishers.noBody()).build());
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
          .timeout(Duration.ofSeconds(20));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> send(HttpRequest request) throws IOException, InterruptedException {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("content-length")).isPresent();
      assertThat(answer.headers().firstValue("content-type")).contains("application/json");
      return (Map<String, Object>) Objects.requireNonNull(JsonDocument.read(answer.body()).value());
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  @Test
  @Row({"A9", "A10", "A11"})
  void a_name_that_is_no_id_makes_nothing() throws Exception {
    for (String id : List.of("../up", "Has Blank", "install", "log", "")) {
      PluginException refused =
          catchThrowableOfType(
              PluginException.class,
              () -> template.create(folder.resolve("in"), id, PluginTemplate.Language.NODE));
      assertThat(refused.code()).startsWith("ID_");
    }
    PluginException refused =
        catchThrowableOfType(
            PluginException.class,
            () -> template.create(folder, "Has Blank", PluginTemplate.Language.NODE));
    assertThat(refused).hasMessage("the id \"Has Blank\" has to begin with a small letter");
    assertThat(refused.hint()).contains("for example \"has-blank\"");
    assertThat(folder.resolve("in/log")).doesNotExist();
    assertThat(folder.resolve("up")).doesNotExist();
  }

  @Test
  void what_is_there_is_not_touched() throws Exception {
    Path mine = Files.createDirectory(folder.resolve("mine"));

    PluginException refused =
        catchThrowableOfType(
            PluginException.class,
            () -> template.create(folder, "mine", PluginTemplate.Language.PYTHON));

    assertThat(refused.code()).isEqualTo("TARGET_EXISTS");
    assertThat(mine).isEmptyDirectory();
  }
}

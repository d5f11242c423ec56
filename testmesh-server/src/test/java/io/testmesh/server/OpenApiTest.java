package io.testmesh.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.testmesh.plugin.json.JsonWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The description of the API against the API. */
@Timeout(60)
class OpenApiTest {
  private static final String FLOW =
      "{\"flow\": \"flow: {name: a, steps: [{action: log, config: {message: x}}]}\"}";

  @TempDir Path temp;
  private Map<?, ?> document = Map.of();
  private final Set<String> seen = new TreeSet<>();

  @Test
  void every_route_is_described_and_nothing_else() throws Exception {
    try (RunningServer server = new RunningServer(TestMeshServer.builder())) {
      document = (Map<?, ?>) server.get("/openapi.json").json();
      List<String> described = new ArrayList<>();
      map(document, "paths")
          .forEach(
              (path, item) ->
                  ((Map<?, ?>) item)
                      .keySet()
                      .forEach(
                          method ->
                              described.add(
                                  method.toString().toUpperCase(java.util.Locale.ROOT)
                                      + " /api/v1"
                                      + path)));

      assertThat(described).containsExactlyInAnyOrderElementsOf(server.server.routes());
    }
  }

  @Test
  void answers_are_as_described() throws Exception {
    Path plugins = Files.createDirectory(temp.toRealPath().resolve("plugins"));
    Path given = Files.createDirectory(temp.toRealPath().resolve("given"));
    Path source = PluginFolderKit.make(given, "one");
    PluginFolderKit.broken(plugins, "bad");
    Files.createDirectory(plugins.resolve("invalid"));
    Files.writeString(plugins.resolve("invalid/manifest.json"), "{\"id\": 5}");
    try (RunningServer server = new RunningServer(TestMeshServer.builder().plugins(plugins))) {
      document = (Map<?, ?>) server.get("/openapi.json").json();
      String install = "{\"source\": \"" + source + "\"}";
      check(server, "POST", "/plugins/install", "/plugins/install", install, 201);
      check(server, "POST", "/plugins/install", "/plugins/install", install, 409);
      check(server, "POST", "/plugins/install", "/plugins/install", "{}", 400);
      check(server, "POST", "/plugins/{id}/enable", "/plugins/one/enable", null, 200);
      check(server, "POST", "/plugins/{id}/enable", "/plugins/bad/enable", null, 500);
      check(server, "POST", "/plugins/{id}/enable", "/plugins/invalid/enable", null, 422);
      check(server, "POST", "/plugins/{id}/restart", "/plugins/one/restart", null, 200);
      check(server, "GET", "/plugins", "/plugins", null, 200);
      check(server, "GET", "/plugins/{id}", "/plugins/invalid", null, 200);
      check(server, "GET", "/plugins/{id}", "/plugins/nobody", null, 404);
      check(server, "GET", "/plugins/{id}/logs", "/plugins/one/logs", null, 200);
      check(server, "POST", "/plugins/discover", "/plugins/discover", null, 200);
      check(server, "POST", "/plugins/{id}/disable", "/plugins/one/disable", null, 200);
      check(server, "DELETE", "/plugins/{id}", "/plugins/one", null, 200);
      check(server, "GET", "/plugins/native", "/plugins/native", null, 200);
      check(server, "GET", "/plugins/types", "/plugins/types", null, 200);
      check(server, "POST", "/flows/validate", "/flows/validate", FLOW, 200);
      check(server, "GET", "/flows/schema", "/flows/schema", null, 200);
      Reply started = check(server, "POST", "/executions", "/executions", FLOW, 202);
      check(server, "POST", "/executions", "/executions", FLOW.replace("steps", "stpes"), 422);
      check(server, "POST", "/executions", "/executions", "{\"path\": \"x\"}", 403);
      String one = "/executions/" + started.at("id");
      server.allEvents((String) started.at("id"));
      check(server, "GET", "/executions", "/executions", null, 200);
      check(server, "GET", "/executions/{id}", one, null, 200);
      check(server, "DELETE", "/executions/{id}", one, null, 200);
      check(server, "GET", "/executions/{id}/events", "/executions/x/events", null, 404);
      check(server, "GET", "/openapi.json", "/openapi.json", null, 200);

      Set<String> all = new TreeSet<>(server.server.routes());
      assertThat(seen).as("routes that were tried").isEqualTo(all);
    }
  }

  private Reply check(
      RunningServer server, String method, String route, String path, String body, int status)
      throws Exception {
    Reply reply =
        body == null
            ? server.call(method, path, Map.of(), null)
            : server.call(method, path, Map.of("Content-Type", "application/json"), body);
    assertThat(reply.status()).as(method + " " + path + ": " + reply.body()).isEqualTo(status);
    Map<?, ?> responses =
        map(document, "paths", route, method.toLowerCase(java.util.Locale.ROOT), "responses");
    assertThat(responses.containsKey(String.valueOf(status)))
        .as(method + " " + route + " describes " + status)
        .isTrue();
    Map<?, ?> described =
        map(responses, String.valueOf(status), "content", "application/json", "schema");
    Map<String, Object> schema = new LinkedHashMap<>();
    described.forEach((key, value) -> schema.put(String.valueOf(key), value));
    schema.put("components", document.get("components"));
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonWriter.pretty(schema));
    assertThat(compiled.validate(reply.body(), InputFormat.JSON))
        .as(method + " " + path + ": " + reply.body())
        .isEmpty();
    seen.add(method + " /api/v1" + route);
    return reply;
  }

  private static Map<?, ?> map(Map<?, ?> from, String... path) {
    Map<?, ?> value = from;
    for (String key : path) {
      assertThat(value.get(key)).as(key).isInstanceOf(Map.class);
      value = (Map<?, ?>) value.get(key);
    }
    return value;
  }
}

package io.testmesh.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The registry over REST, with real plugins. */
@Timeout(60)
class PluginRoutesTest {
  @TempDir Path temp;
  private Path plugins;
  private Path given;
  private RunningServer server;

  @BeforeEach
  void folders() throws Exception {
    Path real = temp.toRealPath();
    plugins = Files.createDirectory(real.resolve("plugins"));
    given = Files.createDirectory(real.resolve("given"));
  }

  @AfterEach
  void nothing_is_left() {
    if (server != null) {
      server.close();
    }
  }

  private void serve() throws Exception {
    server = new RunningServer(TestMeshServer.builder().plugins(plugins).workingFolder(given));
  }

  @Test
  void the_published_calls_work_as_they_stand() throws Exception {
    Path source = PluginFolderKit.make(given, "my-plugin");
    serve();

    Reply made = install("{\"source\": \"" + source + "\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.at("manifest", "id")).isEqualTo("my-plugin");
    assertThat(made.at("enabled")).isEqualTo(true);
    assertThat(made.at("loaded")).isEqualTo(false);
    assertThat(server.get("/plugins").at("total")).isEqualTo(1L);
    assertThat(bare("POST", "/plugins/my-plugin/disable").at("enabled")).isEqualTo(false);
    Reply enabled = bare("POST", "/plugins/my-plugin/enable");
    assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
    assertThat(enabled.at("loaded")).isEqualTo(true);
    assertThat(enabled.at("actions", 0, "id")).isEqualTo("my-plugin.hello");
    long pid = (Long) enabled.at("pid");
    assertThat(PluginFolderKit.isLiving(pid)).isTrue();
    PluginFolderKit.make(plugins, "other");
    Reply found = bare("POST", "/plugins/discover");
    assertThat(found.at("discovered")).isEqualTo(1L);
    assertThat(found.at("total")).isEqualTo(2L);
    assertThat(server.get("/plugins/my-plugin/logs").at("lines", 0, "stream")).isEqualTo("host");
    Reply removed = bare("DELETE", "/plugins/my-plugin");
    assertThat(removed.at("message")).isEqualTo("plugin \"my-plugin\" was removed");
    RunningServer.await("the process is gone", () -> !PluginFolderKit.isLiving(pid));
    assertThat(server.get("/plugins/my-plugin").status()).isEqualTo(404);
    assertThat(source.resolve("server.py")).exists();
  }

  @Test
  void enabled_plugins_start_by_themselves_and_end_with_the_server() throws Exception {
    PluginFolderKit.make(plugins, "one");
    PluginFolderKit.make(plugins, "two");
    serve();

    assertThat(server.get("/plugins").status()).isEqualTo(200);
    RunningServer.await("both are loaded", () -> loaded("one") && loaded("two"));
    long pid = (Long) server.get("/plugins/one").at("pid");
    server.close();

    assertThat(PluginFolderKit.isLiving(pid)).isFalse();
  }

  @Test
  void flows_use_the_plugins_of_the_server() throws Exception {
    PluginFolderKit.make(plugins, "one");
    serve();
    RunningServer.await("it is loaded", () -> loaded("one"));
    Object pid = server.get("/plugins/one").at("pid");

    String flow =
        "flow:\\n  name: greet\\n  steps:\\n    - {id: a, action: one.hello,"
            + " config: {name: Ada}, assert: ['greeting == \\\"Hello, Ada!\\\"']}\\n";
    Reply started = server.post("/executions", "{\"flow\": \"" + flow + "\"}");
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    String id = (String) started.at("id");
    server.allEvents(id);

    Reply done = server.get("/executions/" + id);
    assertThat(done.at("status")).as(done.body()).isEqualTo("passed");
    assertThat(server.get("/plugins/one").at("pid")).isEqualTo(pid);
    assertThat(server.get("/plugins/one").at("restarts")).isEqualTo(0L);
  }

  @Test
  @Row("H9")
  void one_that_does_not_start_is_answered_with_its_record_and_the_error() throws Exception {
    PluginFolderKit.broken(plugins, "bad");
    serve();

    Reply reply = bare("POST", "/plugins/bad/enable");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.at("enabled")).isEqualTo(true);
    assertThat(reply.at("loaded")).isEqualTo(false);
    assertThat(reply.at("code")).isEqualTo("START_EXITED");
    assertThat((String) reply.at("error")).contains("\"bad\"", "licence file is missing");
    assertThat((String) server.get("/plugins/bad").at("error")).contains("licence file");
  }

  @Test
  @Row({"B16", "K5"})
  void unknown_ids_are_not_found() throws Exception {
    serve();
    for (String call :
        List.of("GET ", "DELETE ", "GET /logs", "POST /enable", "POST /disable", "POST /restart")) {
      String[] parts = call.split(" ", 2);
      Reply reply = bare(parts[0], "/plugins/nobody" + parts[1]);
      assertThat(reply.status()).as(call).isEqualTo(404);
      assertThat(reply.at("code")).isEqualTo("NOT_FOUND");
      assertThat((String) reply.at("error")).contains("\"nobody\"");
    }
    assertThat(bare("DELETE", "/plugins/http_request").status()).isEqualTo(404);
    assertThat(bare("DELETE", "/plugins/..%2Fgiven").status()).isEqualTo(400);
    assertThat(given).exists();
  }

  @Test
  @Row({"K3", "K6", "K7"})
  void odd_installs_are_refused() throws Exception {
    Path source = PluginFolderKit.make(given, "one");
    serve();

    String good = "{\"source\": \"" + source + "\"}";
    Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
    assertThat(server.call("POST", "/plugins/install", form, good).status()).isEqualTo(415);
    for (String body :
        List.of("", "{source: 1", "{}", "[]", "{\"source\": 5}", "{\"source\": \"\"}")) {
      assertThat(install(body).status()).as(body).isEqualTo(400);
    }
    Reply missing = install("{\"sha256\": \"x\"}");
    assertThat(missing.at("error")).isEqualTo("\"source\" is missing");
    assertThat(missing.at("pointer")).isEqualTo("/source");
    Reply unknown = install("{\"source\": \"x\", \"forc\": true}");
    assertThat(unknown.at("hint")).isEqualTo("did you mean \"force\"?");
    Reply large = install("{\"source\": \"" + "x".repeat(2_000_000) + "\"}");
    assertThat(large.status()).isEqualTo(413);
    Reply unc = install("{\"source\": \"\\\\\\\\evil\\\\share\"}");
    assertThat(unc.status()).isEqualTo(422);
    assertThat(unc.at("error")).isEqualTo("the source \"\\\\evil\\share\" lies on another machine");
    assertThat(install("{\"source\": \"http://x.example/a.zip\"}").status()).isEqualTo(400);
    assertThat(install("{\"source\": \"" + given + "/none\"}").status()).isEqualTo(422);
    assertThat(server.get("/plugins").at("total")).isEqualTo(0L);
    assertThat(install(good).status()).isEqualTo(201);
    Reply again = install(good);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.at("code")).isEqualTo("ALREADY_INSTALLED");
    assertThat(install(good.replace("}", ", \"force\": true}")).status()).isEqualTo(201);
  }

  @Test
  @Row("K8")
  void changes_of_one_plugin_take_turns_and_lists_do_not_wait() throws Exception {
    Path slow = PluginFolderKit.make(plugins, "slow");
    Path server2 = slow.resolve("server.py");
    // Healthy when the test lets it be.
    Path gate = temp.resolve("gate");
    Files.writeString(
        server2,
        "import os, time\nwhile not os.path.exists('"
            + gate
            + "'):\n    time.sleep(0.02)\n"
            + Files.readString(server2));
    serve();

    CompletableFuture<Reply> enable = async("POST", "/plugins/slow/enable");
    CompletableFuture<Reply> disable = async("POST", "/plugins/slow/disable");
    Reply list = server.get("/plugins");
    assertThat(list.at("plugins", 0, "loaded")).isEqualTo(false);
    assertThat(enable).isNotDone();
    assertThat(disable).isNotDone();
    Files.createFile(gate);

    assertThat(enable.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(disable.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
  }

  @Test
  void lists_can_be_narrowed() throws Exception {
    PluginFolderKit.make(plugins, "one");
    PluginFolderKit.make(plugins, "two");
    serve();
    bare("POST", "/plugins/two/disable");

    assertThat(server.get("/plugins?enabled=false").at("plugins", 0, "id")).isEqualTo("two");
    assertThat(server.get("/plugins?enabled=true").at("total")).isEqualTo(1L);
    assertThat(server.get("/plugins?type=reporter").at("total")).isEqualTo(0L);
    assertThat(server.get("/plugins?type=action").at("total")).isEqualTo(2L);
    Reply wrong = server.get("/plugins?type=reportr");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.at("hint")).isEqualTo("did you mean \"reporter\"?");
    assertThat(server.get("/plugins?enabled=yes").at("error"))
        .isEqualTo("\"enabled\" takes true or false, not \"yes\"");
  }

  @Test
  void native_actions_and_types_are_bare_lists() throws Exception {
    PluginFolderKit.make(plugins, "one");
    serve();

    Reply built = server.get("/plugins/native");
    assertThat(built.json()).isInstanceOf(List.class);
    assertThat(built.body()).contains("\"http_request\"", "\"for_each\"").doesNotContain("one.");
    assertThat(built.at(1, "id")).isEqualTo("http");
    assertThat(built.at(1, "actions", 0, "schema", "required")).isEqualTo(List.of("url"));
    assertThat(server.get("/plugins/types").at(0, "type")).isEqualTo("action");
  }

  private boolean loaded(String id) {
    try {
      return server.get("/plugins/" + id).at("loaded").equals(true);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Reply install(String body) throws Exception {
    return server.post("/plugins/install", body);
  }

  private Reply bare(String method, String path) throws Exception {
    return server.call(method, path, Map.of(), null);
  }

  private CompletableFuture<Reply> async(String method, String path) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return bare(method, path);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }
}

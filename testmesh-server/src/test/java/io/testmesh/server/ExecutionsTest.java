package io.testmesh.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flows that are checked and run over REST, and their events. */
@Timeout(60)
class ExecutionsTest {
  private static final String PASSES =
      "{\"flow\": \"flow:\\n  name: hello\\n  steps:\\n    - id: a\\n      action: log\\n"
          + "      config: {message: '${name}'}\\n      assert: [\\\"name == 'Ada'\\\"]\\n\","
          + " \"variables\": {\"name\": \"Ada\"}}";
  private static final String WAITS =
      "{\"flow\": \"flow:\\n  name: wait\\n  steps:\\n    - id: a\\n      action: delay\\n"
          + "      config: {duration: 60s}\\n\"}";

  @TempDir Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectory(folder.resolve("flows"));
    server = new RunningServer(TestMeshServer.builder().flows(folder.resolve("flows")));
  }

  @AfterEach
  void nothing_is_left() throws Exception {
    server.close();
  }

  @Test
  void a_text_is_run_and_its_result_is_the_report() throws Exception {
    Reply started = server.post("/executions", PASSES);
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    String id = (String) started.at("id");
    assertThat(started.headers()).containsEntry("Location", "/api/v1/executions/" + id);
    assertThat(started.at("flows")).isEqualTo(List.of("hello"));

    String events = server.allEvents(id);
    Reply done = server.get("/executions/" + id);

    assertThat(done.at("status")).isEqualTo("passed");
    assertThat(done.at("result", "summary", "passed")).isEqualTo(1L);
    assertThat(done.at("result", "flows", 0, "steps", 0, "id")).isEqualTo("a");
    assertThat(events)
        .contains("id: 1\nevent: run_started\ndata: {\"event\":\"run_started\"")
        .contains("\"execution_id\":\"" + id + "\"")
        .contains("event: step_finished")
        .endsWith("}\n\n\r\n0\r\n\r\n");
    assertThat(events.lastIndexOf("event: run_finished"))
        .isGreaterThan(events.lastIndexOf("event: flow_finished"));
    assertThat(server.get("/executions").at("executions", 0, "id")).isEqualTo(id);
  }

  @Test
  void a_reader_that_comes_back_gets_what_it_has_not_seen() throws Exception {
    String id = (String) server.post("/executions", PASSES).at("id");
    String all = server.allEvents(id);

    String path = "/executions/" + id + "/events";
    Reply later = server.call("GET", path, Map.of("Last-Event-ID", "3"), null);
    Reply over = server.call("GET", path, Map.of("Last-Event-ID", "5"), null);

    assertThat(all).contains("\nid: 5\n").doesNotContain("\nid: 6\n");
    assertThat(later.body()).contains("id: 4\n", "id: 5\n").doesNotContain("id: 3\n");
    assertThat(over.status()).isEqualTo(204);
  }

  @Test
  void events_come_while_the_run_goes_on_and_a_cancel_ends_it() throws Exception {
    String id = (String) server.post("/executions", WAITS).at("id");
    try (Socket socket = server.socket()) {
      BufferedReader events = server.events(socket, id);
      awaitLine(events, "event: flow_started");
      assertThat(server.get("/executions/" + id).at("status")).isEqualTo("running");

      Reply cancelled = server.call("DELETE", "/executions/" + id, Map.of(), null);

      assertThat(cancelled.status()).isEqualTo(202);
      assertThat(cancelled.at("cancelling")).isEqualTo(true);
      awaitLine(events, "event: run_finished");
    }
    RunningServer.await("the end", () -> ended(id));
    assertThat(server.get("/executions/" + id).at("status")).isEqualTo("cancelled");
    assertThat(server.call("DELETE", "/executions/" + id, Map.of(), null).status()).isEqualTo(200);
  }

  @Test
  void closing_cancels_runs_and_ends_streams() throws Exception {
    String id = (String) server.post("/executions", WAITS).at("id");
    try (Socket socket = server.socket()) {
      BufferedReader events = server.events(socket, id);
      awaitLine(events, "event: flow_started");

      server.close();

      awaitLine(events, "event: run_finished");
      String line = events.readLine();
      while (line != null) {
        line = events.readLine();
      }
    }
  }

  @Test
  void a_reader_that_does_not_read_holds_up_neither_the_run_nor_the_end() throws Exception {
    String flow =
        "flow:\\n  name: many\\n  steps:\\n    - id: all\\n      action: for_each\\n"
            + "      config:\\n        range: {start: 1, end: 400}\\n        steps:\\n"
            + "          - {id: one, action: log, config: {message: \\\"TEXT\\\"}}\\n";
    String text = flow.replace("TEXT", "x".repeat(10_000));
    String id = (String) server.post("/executions", "{\"flow\": \"" + text + "\"}").at("id");
    try (Socket socket = server.socket()) {
      socket.setReceiveBufferSize(4096);
      server.events(socket, id);

      RunningServer.await("the end of the run", () -> ended(id));
      assertThat(server.get("/executions/" + id).at("status")).isEqualTo("passed");
      server.close();
    }
  }

  @Test
  void a_flow_that_is_not_valid_is_not_run() throws Exception {
    Reply reply =
        server.post(
            "/executions",
            "{\"name\": \"mine.yaml\","
                + " \"flow\": \"flow:\\n  name: a\\n  steps:\\n    - action: lgo\\n\"}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.at("code")).isEqualTo("INVALID_FLOW");
    assertThat(reply.at("problems", 0, "code")).isEqualTo("unknown_action");
    assertThat(reply.at("problems", 0, "file")).isEqualTo("mine.yaml");
    assertThat(reply.at("problems", 0, "line")).isEqualTo(4L);
    assertThat(server.get("/executions").at("total")).isEqualTo(0L);
  }

  @Test
  void validate_tells_all_problems_and_runs_nothing() throws Exception {
    Reply good = server.post("/flows/validate", PASSES);
    Reply bad =
        server.post(
            "/flows/validate",
            "{\"flow\": \"flow:\\n  name: a\\n  stesp: []\\n  steps:\\n    - action: log\\n\"}");

    assertThat(good.at("valid")).isEqualTo(true);
    assertThat(good.at("flows", 0, "name")).isEqualTo("hello");
    assertThat(bad.status()).isEqualTo(200);
    assertThat(bad.at("valid")).isEqualTo(false);
    assertThat(bad.at("problems", 0, "code")).isEqualTo("unknown_key");
    assertThat(server.get("/executions").at("total")).isEqualTo(0L);
  }

  @Test
  void files_are_run_from_the_allowed_folder_alone() throws Exception {
    String flow =
        "flow:\n  name: file\n  steps:\n    - {id: a, action: log, config: {message: x}}\n";
    Files.writeString(folder.resolve("flows/one.yaml"), flow);
    Files.writeString(folder.resolve("secret.yaml"), flow);
    Files.createSymbolicLink(folder.resolve("flows/link.yaml"), folder.resolve("secret.yaml"));

    Reply allowed = server.post("/executions", "{\"path\": \"one.yaml\"}");
    assertThat(allowed.status()).as(allowed.body()).isEqualTo(202);
    server.allEvents((String) allowed.at("id"));
    for (String path :
        List.of("../secret.yaml", "link.yaml", folder + "/secret.yaml", "../not-there.yaml")) {
      Reply refused = server.post("/executions", "{\"path\": \"" + path + "\"}");
      assertThat(refused.status()).as(path).isEqualTo(403);
      assertThat(refused.at("error"))
          .isEqualTo("\"" + path + "\" is not below the folder of flows");
    }
    assertThat(server.post("/executions", "{\"path\": \"two.yaml\"}").status()).isEqualTo(404);
  }

  @Test
  void without_a_folder_no_file_is_read() throws Exception {
    try (RunningServer bare = new RunningServer(TestMeshServer.builder())) {
      Reply refused = bare.post("/executions", "{\"path\": \"one.yaml\"}");

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.at("hint"))
          .isEqualTo("start it with --flows DIR, or send the text as \"flow\"");
    }
  }

  @Test
  void an_unknown_execution_is_not_found() throws Exception {
    for (String path : List.of("/executions/x", "/executions/x/events")) {
      Reply reply = server.get(path);
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.at("error")).isEqualTo("there is no execution \"x\"");
    }
  }

  @Test
  void the_oldest_that_ended_makes_room() throws Exception {
    String waiting = (String) server.post("/executions", WAITS).at("id");
    String first = (String) server.post("/executions", PASSES).at("id");
    server.allEvents(first);
    for (int i = 2; i <= Executions.MOST; i++) {
      server.allEvents((String) server.post("/executions", PASSES).at("id"));
    }

    assertThat(server.get("/executions").at("total")).isEqualTo((long) Executions.MOST);
    assertThat(server.get("/executions/" + first).status()).isEqualTo(404);
    assertThat(server.get("/executions/" + waiting).at("status")).isEqualTo("running");
  }

  @Test
  void a_log_that_is_full_drops_the_oldest_and_says_how_many() throws Exception {
    EventLog log = new EventLog(600);
    for (int i = 0; i < 20; i++) {
      log.write(("{\"event\":\"step_finished\",\"n\":" + i + "}\n").getBytes());
    }
    log.end();

    EventLog.Batch batch = log.after(0, 0);

    assertThat(batch.ended()).isTrue();
    assertThat(batch.lines()).hasSizeBetween(2, 10);
    assertThat(batch.lines().get(0).number()).isEqualTo(20 - batch.lines().size() + 1);
    assertThat(batch.lines().get(0).event()).isEqualTo("step_finished");
    assertThat(log.bytes()).isLessThanOrEqualTo(600);
  }

  private boolean ended(String id) {
    try {
      return !server.get("/executions/" + id).at("status").equals("running");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void awaitLine(BufferedReader lines, String wanted) throws Exception {
    String line = lines.readLine();
    while (!wanted.equals(line)) {
      assertThat(line).as("before " + wanted).isNotNull();
      line = lines.readLine();
    }
  }
}

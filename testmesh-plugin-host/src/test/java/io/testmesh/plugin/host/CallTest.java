package io.testmesh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.TraceContext;
import io.testmesh.plugin.FakeContext;
import io.testmesh.plugin.Lab;
import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is sent to a plugin that serves, and what its answers are taken for. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
final class CallTest {
  @TempDir private Path folder;
  private Lab lab;

  @AfterEach
  void end() {
    if (lab != null) {
      lab.close();
    }
  }

  private ActionHandler act(String... modes) throws Exception {
    lab = new Lab(folder).rogue("rogue", modes);
    return lab.started("rogue.act");
  }

  private static ActionException failure(ActionHandler act, Object... config) {
    return catchThrowableOfType(ActionException.class, () -> Lab.call(act, config));
  }

  private static ActionException reply(ActionHandler act, int status, String body) {
    return failure(act, "do", "reply", "status", (long) status, "body", body);
  }

  private static ActionException raw(ActionHandler act, String... parts) {
    return failure(act, "do", "raw", "parts", List.of(parts));
  }

  @Test
  @Row({"D27", "D35", "D34", "O11"})
  void the_request_is_what_version_1_wants_to_the_letter() throws Exception {
    ActionHandler act = act();
    FakeContext call = new FakeContext(Lab.map("do", "request"));
    call.trace = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "");

    Map<String, Object> sent = act.execute(call).values();

    String head = (String) sent.get("head");
    int port = lab.host().status("rogue").port();
    String body = (String) sent.get("body");
    assertThat(head)
        .isEqualTo(
            "POST /execute HTTP/1.1\r\n"
                + "Host: 127.0.0.1:"
                + port
                + "\r\nConnection: close\r\nAccept: application/json\r\n"
                + "Accept-Encoding: identity\r\nUser-Agent: TestMesh\r\n"
                + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"
                + "Content-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n");
    assertThat(body)
        .isEqualTo(
            "{\"action\":\"rogue.act\",\"config\":{\"do\":\"request\"},\"context\":{"
                + "\"execution_id\":\"run-1\",\"flow_id\":\"flow-1\",\"step_id\":\"step-1\","
                + "\"variables\":{},\"step_outputs\":{}}}");
  }

  @Test
  @Row({"D37", "D16"})
  void variables_are_texts_and_outputs_keep_their_types() throws Exception {
    ActionHandler act = act();
    FakeContext call =
        new FakeContext(
            Lab.map("do", "echo", "n", new java.math.BigInteger("12345678901234567890")));
    call.variables = Lab.map("url", "https://shop", "n", 7L, "map", Map.of("a", 1L), "none", null);
    call.outputs =
        Map.of("made", Lab.map("n", 7L, "d", 2.5, "yes", true, "list", List.of(1L, "1")));

    Map<?, ?> sent = act.execute(call).values();

    Map<?, ?> context = (Map<?, ?>) sent.get("context");
    assertThat(context.get("variables"))
        .isEqualTo(Map.of("url", "https://shop", "n", "7", "map", "{\"a\":1}", "none", "null"));
    assertThat(context.get("step_outputs")).isEqualTo(call.outputs);
    assertThat(((Map<?, ?>) sent.get("config")).get("n"))
        .isEqualTo(new java.math.BigInteger("12345678901234567890"));
  }

  @Test
  @Row("D36")
  void a_request_that_is_too_large_is_not_sent_and_its_largest_parts_are_named() throws Exception {
    ActionHandler act = act();
    FakeContext call = new FakeContext(Lab.map("do", "echo"));
    call.outputs =
        Map.of(
            "report", Map.of("text", "x".repeat(6_000_000)),
            "page", Map.of("text", "x".repeat(3_000_000)),
            "tiny", Map.of());

    ActionException failure = catchThrowableOfType(ActionException.class, () -> act.execute(call));

    assertThat(failure.code()).isEqualTo("plugin_request_too_large");
    assertThat(failure)
        .hasMessageContaining(
            "the largest parts are the output of step \"report\" (6000011 bytes),"
                + " the output of step \"page\" (3000011 bytes), the step's configuration");
    assertThat(lab.notes("rogue", "execute")).isEmpty();
  }

  @Test
  @Row("D6")
  void its_own_failure_is_told_with_code_message_details_logs_and_output() throws Exception {
    ActionHandler act = act();
    FakeContext call =
        new FakeContext(
            Lab.map(
                "do",
                "reply",
                "status",
                500L,
                "body",
                "{\"success\": false, \"output\": {\"tried\": 2}, \"error\": {\"code\": \"NOT_FOUND\","
                    + " \"message\": \"no .price\", \"details\": {\"n\": 1}},"
                    + " \"logs\": [{\"level\": \"warn\", \"message\": \"looked\"}]}"));

    ActionException failure = catchThrowableOfType(ActionException.class, () -> act.execute(call));

    assertThat(failure.code()).isEqualTo("NOT_FOUND");
    assertThat(failure).hasMessage("plugin \"rogue\" answered NOT_FOUND: no .price");
    assertThat(failure.details()).isEqualTo(Map.of("n", 1L));
    assertThat(failure.result().values()).isEqualTo(Map.of("tried", 2L));
    assertThat(call.logs).containsExactly("warn looked");
  }

  @Test
  @Row("D12")
  void a_failure_without_reason_has_the_output_of_the_plugin() throws Exception {
    ActionException failure = reply(act("print=about to fail"), 200, "{\"success\": false}");

    assertThat(failure.code()).isEqualTo("plugin_failed");
    assertThat(failure)
        .hasMessageStartingWith(
            "plugin \"rogue\" answered that the action failed without saying why; last output:")
        .hasMessageContaining("about to fail");
  }

  @Test
  @Row("D13")
  void an_error_of_another_shape_is_understood() throws Exception {
    ActionHandler act = act();

    assertThat(reply(act, 200, "{\"success\": false, \"error\": \"no way\"}"))
        .hasMessage("plugin \"rogue\" answered that the action failed: no way")
        .extracting("code")
        .isEqualTo("plugin_failed");
    ActionException numbered =
        reply(
            act,
            200,
            "{\"success\": false, \"error\": {\"code\": 42, \"message\": 7, \"details\": [1]}}");
    assertThat(numbered.code()).isEqualTo("42");
    assertThat(numbered).hasMessage("plugin \"rogue\" answered 42: 7");
    assertThat(numbered.details()).isEqualTo(Map.of("details", List.of(1L)));
  }

  @Test
  @Row({"D28", "D29", "D14"})
  void logs_and_metrics_of_any_shape_never_fail_a_step() throws Exception {
    ActionHandler act = act();
    FakeContext call =
        new FakeContext(
            Lab.map(
                "do",
                "reply",
                "status",
                200L,
                "body",
                "{\"success\": true, \"error\": \"odd\", \"logs\": [{\"level\": \"INFO\", \"message\": \"a\","
                    + " \"timestamp\": \"2024-01-01T12:00:00Z\"}, {\"level\": \"strange\", \"message\": \"b\","
                    + " \"timestamp\": \"2024-01-01T12:00:01\"}, \"c\", 7, {\"msg\": \"forged\\nline \\u001b[31mred\"},"
                    + " {\"message\": {\"a\": 1}, \"timestamp\": \"yesterday\"}],"
                    + " \"metrics\": {\"duration_ms\": -1, \"count\": 2.5, \"name\": \"x\"}}"));

    assertThat(act.execute(call).values()).isEmpty();

    assertThat(call.logs)
        .containsExactly(
            "info a",
            "info b",
            "info c",
            "info 7",
            "info forged\\nline [31mred",
            "info {a=1}",
            "warn the answer says success and has an error all the same: \"odd\"",
            "warn the plugin's metric \"duration_ms\" is no duration",
            "warn the plugin's metric \"name\" is no number");
    assertThat(call.times.get(0)).isEqualTo(Instant.parse("2024-01-01T12:00:00Z"));
    assertThat(call.times.get(1)).isEqualTo(Instant.parse("2024-01-01T12:00:01Z"));
    assertThat(call.metrics).isEqualTo(Map.of("count", 2.5));
  }

  @Test
  @Row("D2")
  void one_that_exits_in_the_middle_is_told_with_its_code_and_output_and_not_asked_again()
      throws Exception {
    ActionHandler act = act();

    ActionException failure = failure(act, "do", "exit", "code", 7L, "text", "panic: index 9");

    assertThat(failure.code()).isEqualTo("plugin_exec_crashed");
    assertThat(failure)
        .hasMessageStartingWith("plugin \"rogue\" exited with code 7 during the call; last output:")
        .hasMessageEndingWith("panic: index 9");
    assertThat(failure.details()).containsEntry("exit_code", 7L);
    assertThat(lab.notes("rogue", "execute exit")).hasSize(1);
  }

  @Test
  @Row({"D2", "F3"})
  void one_that_is_killed_is_told_with_the_signal() throws Exception {
    ActionException failure = failure(act(), "do", "kill");

    assertThat(failure.code()).isEqualTo("plugin_exec_crashed");
    assertThat(failure)
        .hasMessageContaining("plugin \"rogue\" was killed by signal 9 (SIGKILL) during the call");
    assertThat(failure.hint())
        .contains("nobody here killed it: the system may have run out of memory");
  }

  @Test
  @Row("D3")
  void a_connection_that_ends_without_an_answer_is_no_crash() throws Exception {
    ActionHandler act = act();

    ActionException failure = failure(act, "do", "drop");

    assertThat(failure.code()).isEqualTo("plugin_exec_no_response");
    assertThat(failure)
        .hasMessageContaining("plugin \"rogue\" gave no answer: it closed the connection")
        .hasMessageContaining("Traceback: KeyError 'name'");
    Lab.call(act, "do", "echo");
    assertThat(lab.notes("rogue", "start")).hasSize(1);
  }

  @Test
  @Row({"D4", "D33"})
  void a_call_that_takes_too_long_is_given_up_and_the_plugin_sees_it_end() throws Exception {
    ActionHandler act = act();
    FakeContext call = new FakeContext(Lab.map("do", "hang")).within(Duration.ofMillis(400));

    ActionException failure = catchThrowableOfType(ActionException.class, () -> act.execute(call));

    assertThat(failure.code()).isEqualTo("timeout");
    assertThat(
            Waiting.until(
                Duration.ofSeconds(5), () -> lab.notes("rogue", "hang over -1").size() == 1))
        .isTrue();
    Lab.call(act, "do", "echo");
    assertThat(lab.notes("rogue", "start")).hasSize(1);
  }

  @Test
  @Row("D4")
  void one_that_is_still_busy_after_a_call_that_was_given_up_is_started_again() throws Exception {
    ActionHandler act = act("single=1");
    FakeContext call = new FakeContext(Lab.map("do", "stuck")).within(Duration.ofMillis(300));
    catchThrowableOfType(ActionException.class, () -> act.execute(call));

    Lab.call(act, "do", "echo");

    assertThat(lab.notes("rogue", "start")).hasSize(2);
    assertThat(lab.host().status("rogue").restarts()).isEqualTo(1);
  }

  @Test
  @Row({"D5", "D42"})
  void an_answer_that_drips_has_the_same_deadline() throws Exception {
    ActionHandler act = act();
    List<String> drops =
        new ArrayList<>(List.of("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"));
    for (int i = 0; i < 100; i++) {
      drops.add(" ");
    }
    FakeContext call =
        new FakeContext(Lab.map("do", "raw", "parts", drops)).within(Duration.ofMillis(300));

    ActionException failure = catchThrowableOfType(ActionException.class, () -> act.execute(call));

    assertThat(failure.code()).isEqualTo("timeout");
    assertThat(failure).hasMessageContaining("its answer did not end in time");
  }

  @Test
  @Row("D33")
  void a_cancelled_call_closes_its_connection_and_gives_its_place_back() throws Exception {
    ActionHandler act = act();
    for (int i = 1; i <= 6; i++) {
      FakeContext call = new FakeContext(Lab.map("do", "hang"));
      int number = i;
      Thread cancelling =
          new Thread(
              () -> {
                Waiting.until(
                    Duration.ofSeconds(5),
                    () -> lab.notes("rogue", "execute hang").size() == number);
                call.cancel();
              });
      cancelling.start();
      assertThat(catchThrowableOfType(InterruptedException.class, () -> act.execute(call)))
          .isNotNull();
      Waiting.forEnd(cancelling);
    }

    Lab.call(act, "do", "echo");
    assertThat(
            Waiting.until(
                Duration.ofSeconds(5), () -> lab.notes("rogue", "hang over -1").size() == 6))
        .isTrue();
  }

  @Test
  @Row("D7")
  void a_status_of_failure_without_envelope_is_told_with_an_excerpt() throws Exception {
    ActionHandler act = act();

    assertThat(reply(act, 500, "{\"error\": \"kaput\"}"))
        .hasMessage("plugin \"rogue\" answered with status 500: kaput")
        .extracting("code")
        .isEqualTo("plugin_exec_http");
    assertThat(reply(act, 404, ""))
        .hasMessage("plugin \"rogue\" answered with status 404 and no body");
    assertThat(reply(act, 502, "<h1>Bad</h1>")).hasMessageContaining("<h1>Bad</h1>");
  }

  @Test
  @Row("D26")
  void a_request_to_come_back_later_is_left_to_the_step() throws Exception {
    ActionHandler act = act();

    ActionException failure =
        raw(act, "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}");

    assertThat(failure.code()).isEqualTo("plugin_exec_http");
    assertThat(failure.details()).containsEntry("retryable", true);
    assertThat(failure.hint()).contains("it asks to try again after 7");
    assertThat(lab.notes("rogue", "execute")).hasSize(1);
  }

  @Test
  @Row({"D8", "D9", "D11", "D15", "D23", "D24"})
  void what_does_not_say_success_is_none() throws Exception {
    ActionHandler act = act();

    assertThat(reply(act, 404, "{\"success\": true, \"output\": {}}"))
        .hasMessage("plugin \"rogue\" answered with status 404 and yet with \"success\": true");
    assertThat(reply(act, 200, "{\"output\": {}}"))
        .hasMessage("plugin \"rogue\" gave an answer that has no \"success\": {\"output\": {}}");
    assertThat(reply(act, 200, "{\"success\": \"true\"}"))
        .hasMessageContaining("has \"success\": \"true\", which is neither true nor false");
    assertThat(reply(act, 200, "{\"success\": null}")).hasMessageContaining("\"success\": null");
    assertThat(reply(act, 200, "{\"success\": 1}").code()).isEqualTo("plugin_protocol");
    assertThat(reply(act, 200, "[]")).hasMessageContaining("is no JSON object: []");
    assertThat(reply(act, 200, "null").code()).isEqualTo("plugin_protocol");
    assertThat(reply(act, 200, "").code()).isEqualTo("plugin_protocol");
    assertThat(reply(act, 204, "").code()).isEqualTo("plugin_protocol");
    assertThat(reply(act, 302, "{\"success\": true}").code()).isEqualTo("plugin_redirect");
    ActionException list = reply(act, 200, "{\"success\": true, \"output\": [1]}");
    assertThat(list.code()).isEqualTo("plugin_output_not_object");
    assertThat(list).hasMessage("plugin \"rogue\" gave the output [1], which is no object");
    assertThat(list.hint()).contains("return an object, such as {\"result\": …}");
  }

  @Test
  @Row({"D10", "D14"})
  void a_success_without_output_has_an_empty_one() throws Exception {
    ActionHandler act = act();

    assertThat(Lab.call(act, "do", "reply", "status", 200L, "body", "{\"success\": true}").values())
        .isEmpty();
    assertThat(
            Lab.call(
                    act,
                    "do",
                    "reply",
                    "status",
                    201L,
                    "body",
                    "{\"success\": true, \"output\": null}")
                .values())
        .isEmpty();
  }

  @Test
  @Row({"D15", "D16", "D18", "D21"})
  void what_is_no_json_is_told_with_its_place() throws Exception {
    ActionHandler act = act();

    ActionException nan = reply(act, 200, "{\"success\": true, \"output\": {\"x\": NaN}}");
    assertThat(nan.code()).isEqualTo("plugin_invalid_json");
    assertThat(nan.hint().orElse("")).startsWith("JSON has no NaN and no Infinity");
    assertThat(
            reply(act, 200, "{\"success\": true, \"output\": {\"x\": -Infinity}}")
                .hint()
                .orElse(""))
        .startsWith("JSON has no NaN and no Infinity");
    assertThat(reply(act, 200, "{\"success\": true} and more"))
        .hasMessageContaining("sent an answer to /execute that is not JSON, at byte 18")
        .hasMessageContaining("{\"success\": true} and more");
    assertThat(reply(act, 200, "{\"success\": true}{}").code()).isEqualTo("plugin_invalid_json");
    assertThat(reply(act, 200, "{\"success\": true, \"success\": true}").code())
        .isEqualTo("plugin_invalid_json");
    assertThat(reply(act, 200, "[".repeat(2000)).code()).isEqualTo("plugin_invalid_json");
    assertThat(
            raw(
                act,
                "HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n",
                "{\"success\": true, \"outp"))
        .hasMessageContaining("the connection ended before the announced end of the answer");
    assertThat(
            raw(act, "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-16\r\n\r\n{}"))
        .hasMessage("plugin \"rogue\" sent its answer to /execute in utf-16, not in UTF-8");
    assertThat(
            raw(act, "HTTP/1.1 200 OK\r\n\r\n{\"success\": true, \"output\": {\"t\": \"\u00ff\"}}")
                .code())
        .isEqualTo("plugin_invalid_json");
  }

  @Test
  @Row({"D17", "D18", "D21", "D22"})
  void what_is_odd_and_does_no_harm_is_accepted() throws Exception {
    ActionHandler act = act();
    List<List<String>> answers =
        List.of(
            List.of(
                "HTTP/1.0 200 OK\r\nServer: old\r\n\r\n",
                "{\"success\": true, \"output\": {\"x\":",
                " 1}}"),
            List.of(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{\"success\": true, \"output\": {\"x\": 1}}"),
            List.of(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"success\": true\r\n",
                "16;a=b\r\n, \"output\": {\"x\": 1}}\r\n0\r\nTrailer: 1\r\n\r\n"),
            List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"success\": true, \"output\": {\"x\": 1}}   x"),
            List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"success\": true, \"output\": {\"x\": 1}}"),
            List.of(
                "HTTP/1.1 200\r\n\r\n\u00ef\u00bb\u00bf{\"success\": true, \"output\": {\"x\": 1}}"));

    for (List<String> parts : answers) {
      assertThat(Lab.call(act, "do", "raw", "parts", parts).values())
          .as(parts.toString())
          .isEqualTo(Map.of("x", 1L));
    }
  }

  @Test
  @Row({"D20", "D22"})
  void what_is_not_http_or_is_encoded_is_a_protocol_error() throws Exception {
    ActionHandler act = act();

    assertThat(raw(act, "hello there\n"))
        .hasMessage(
            "plugin \"rogue\" did not answer with HTTP: \"hello there\", in answer to /execute");
    assertThat(raw(act, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nxx").code())
        .isEqualTo("plugin_protocol");
    assertThat(
            raw(act, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nxx").code())
        .isEqualTo("plugin_protocol");
    assertThat(raw(act, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n").code())
        .isEqualTo("plugin_protocol");
    assertThat(raw(act, "HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000) + "\r\n\r\n").code())
        .isEqualTo("plugin_protocol");
    assertThat(raw(act, "HTTP/1.1 101 Switch\r\n\r\n").code()).isEqualTo("plugin_protocol");
  }

  @Test
  @Row("D19")
  void answers_have_a_limit_of_16_mebibytes() throws Exception {
    ActionHandler act = act();

    assertThat((String) Lab.call(act, "do", "bytes", "bytes", 5_000_000L).values().get("text"))
        .hasSize(5_000_000);
    assertThat(failure(act, "do", "bytes", "bytes", 17_000_000L).code())
        .isEqualTo("plugin_response_too_large");
    Lab.call(act, "do", "echo");
  }

  @Test
  @Row("D32")
  void four_calls_at_once_and_the_others_wait() throws Exception {
    ActionHandler act = act();
    List<CompletableFuture<Map<String, Object>>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      calls.add(Lab.later(act, "do", "sleep", "millis", 100L));
    }
    List<Object> peaks = new ArrayList<>();
    for (CompletableFuture<Map<String, Object>> call : calls) {
      peaks.add(call.get().get("peak"));
    }

    assertThat(peaks).contains(4L).allMatch(peak -> (Long) peak <= 4);
  }

  @Test
  @Row("D32")
  void the_number_of_calls_at_once_is_what_info_says() throws Exception {
    ActionHandler act =
        act("info={\"actions\": [{\"id\": \"rogue.act\"}], \"max_concurrency\": 1}");
    CompletableFuture<Map<String, Object>> first = Lab.later(act, "do", "sleep", "millis", 1_500L);
    Waiting.until(Duration.ofSeconds(5), () -> !lab.notes("rogue", "execute").isEmpty());
    FakeContext second = new FakeContext(Lab.map("do", "echo")).within(Duration.ofMillis(300));

    ActionException failure =
        catchThrowableOfType(ActionException.class, () -> act.execute(second));

    assertThat(failure.code()).isEqualTo("plugin_queue_timeout");
    assertThat(failure)
        .hasMessage("plugin \"rogue\" had 1 calls to answer all the time that the step had");
    first.get();
  }

  @Test
  @Row("D31")
  void a_stop_lets_a_call_end_and_refuses_new_ones() throws Exception {
    ActionHandler act = act();
    CompletableFuture<Map<String, Object>> running = Lab.later(act, "do", "sleep", "millis", 700L);
    Waiting.until(Duration.ofSeconds(5), () -> !lab.notes("rogue", "execute").isEmpty());
    Thread stopping =
        new Thread(
            () -> {
              try {
                lab.host().stop("rogue");
              } catch (io.testmesh.plugin.PluginException e) {
                throw new IllegalStateException(e);
              }
            });
    stopping.start();
    Waiting.until(
        Duration.ofSeconds(5), () -> lab.host().status("rogue").status().equals("draining"));

    ActionException refused = failure(act, "do", "echo");

    assertThat(refused.code()).isEqualTo("plugin_stopped");
    assertThat(running.get()).isEqualTo(Map.of("peak", 1L));
    stopping.join();
    assertThat(failure(act, "do", "echo").code()).isEqualTo("plugin_stopped");
    assertThat(lab.notes("rogue", "start")).hasSize(1);
  }

  @Test
  @Row("D31")
  void a_call_that_is_cut_off_by_the_end_of_the_host_is_no_crash() throws Exception {
    ActionHandler act = act();
    CompletableFuture<ActionException> running =
        CompletableFuture.supplyAsync(() -> failure(act, "do", "stuck"));
    Waiting.until(Duration.ofSeconds(5), () -> !lab.notes("rogue", "execute").isEmpty());

    lab.close();

    assertThat(running.get().code()).isEqualTo("plugin_stopped");
    assertThat(running.get()).hasMessage("plugin \"rogue\" was stopped during the call");
  }

  @Test
  @Row("D39")
  void a_configuration_that_does_not_fit_is_not_sent() throws Exception {
    ActionHandler act =
        act(
            "info={\"actions\": [{\"id\": \"rogue.act\", \"schema\": {\"type\": \"object\","
                + " \"properties\": {\"do\": {\"type\": \"string\"}, \"n\": {\"type\": \"integer\"}},"
                + " \"required\": [\"do\"]}}]}");

    ActionException failure = failure(act, "do", "echo", "n", "many");

    assertThat(failure.code()).isEqualTo("plugin_config_invalid");
    assertThat(failure)
        .hasMessageStartingWith("the configuration at /n is not valid: ")
        .hasMessageContaining("as the schema of the action \"rogue.act\" says");
    assertThat(failure.details()).containsEntry("pointer", "/n");
    assertThat(lab.notes("rogue", "execute")).isEmpty();
  }

  @Test
  @Row("M4")
  void two_thousand_calls_to_each_sample_succeed() throws Exception {
    lab = new Lab(folder).sample("my-plugin").sample("my-js-plugin");
    ActionHandler hello = lab.started("my-plugin.hello");
    ActionHandler transform = lab.started("my-js-plugin.transform");
    List<CompletableFuture<Integer>> workers = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      int number = w;
      workers.add(
          CompletableFuture.supplyAsync(
              () -> {
                int good = 0;
                for (int i = 0; i < 500; i++) {
                  String name = number + "-" + i;
                  try {
                    Object said = Lab.call(hello, "name", name).values().get("greeting");
                    Object echo = Lab.call(transform, "input", name).values().get("result");
                    good += said.equals("Hello, " + name + "!") && echo.equals(name) ? 1 : 0;
                  } catch (ActionException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }
                return good;
              },
              task -> new Thread(task).start()));
    }
    int good = 0;
    for (CompletableFuture<Integer> worker : workers) {
      good += get(worker);
    }

    assertThat(good).isEqualTo(2000);
  }

  private static int get(CompletableFuture<Integer> worker)
      throws InterruptedException, ExecutionException {
    return worker.get();
  }
}

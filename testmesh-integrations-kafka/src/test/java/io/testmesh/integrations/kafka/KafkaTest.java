package io.testmesh.integrations.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunHandle;
import io.testmesh.RunOptions;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.TraceContext;
import io.testmesh.backends.Await;
import io.testmesh.backends.Backends;
import io.testmesh.backends.Flows;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The actions of Kafka against a real broker. */
@Timeout(180)
class KafkaTest {
  private static String brokers;

  @TempDir Path folder;
  private final String topic = "topic-" + UUID.randomUUID();
  private Flows flows;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    brokers = Backends.kafka().address();
  }

  @BeforeEach
  void open() {
    flows = new Flows(folder, "k", Map.of("brokers", brokers));
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private String make(int partitions) {
    return flows.written(
        "make", "kafka.admin.createTopic", "topic: " + topic + ", partitions: " + partitions);
  }

  private String send(String id, String message) {
    return flows.written(id, "kafka.produce", "topic: " + topic + ", " + message);
  }

  private String read(String id, String more) {
    String patient = more.contains("timeout:") ? more : "timeout: 20s, " + more;
    return flows.written(id, "kafka.consume", "topic: " + topic + ", " + patient);
  }

  private StepResult passed(FlowResult flow, String id) {
    StepResult step = flow.step(id);
    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    return step;
  }

  private static Map<?, ?> message(StepResult step, int index) {
    return (Map<?, ?>) ((List<?>) step.result().get("messages")).get(index);
  }

  @Test
  void a_message_comes_back_as_it_was_sent() {
    FlowResult flow =
        flows.run(
            make(2),
            send(
                "send",
                "key: k1, headers: {source: shop, n: [1, 2]}, partition: 1, timestamp:"
                    + " '2024-05-06T07:08:09Z', value: {id: 17, total: 59.97, big:"
                    + " 12345678901234567890}"),
            read("read", "count: 1"));

    assertThat(passed(flow, "send").result())
        .containsEntry("partition", 1L)
        .containsEntry("offset", 0L)
        .containsEntry("messages_sent", 1L);
    Map<?, ?> message = message(passed(flow, "read"), 0);
    assertThat(message.get("key")).isEqualTo("k1");
    assertThat(message.get("headers")).isEqualTo(Map.of("source", "shop", "n", List.of("1", "2")));
    assertThat(message.get("timestamp")).isEqualTo("2024-05-06T07:08:09Z");
    assertThat(message.get("value").toString())
        .isEqualTo("{id=17, total=59.97, big=12345678901234567890}");
    assertThat(message.get("json")).isEqualTo(message.get("value"));
  }

  @Test
  void what_was_sent_before_the_flow_is_not_read_and_what_came_since_is() {
    flows.run(
        make(3), send("old", "value: old, partition: 0"), send("o2", "value: old, partition: 1"));

    FlowResult flow =
        flows.run(
            send("first", "value: 1, partition: 0"),
            send("second", "value: 2, partition: 2"),
            read("read", "count: 2"),
            read("again", "count: 2"),
            read("all", "from: beginning, count: 4"));

    for (String id : List.of("read", "again")) {
      StepResult read = passed(flow, id);
      assertThat(read.result().get("count")).isEqualTo(2L);
      assertThat(List.of(message(read, 0).get("value"), message(read, 1).get("value")))
          .containsExactlyInAnyOrder(1L, 2L);
    }
    assertThat(passed(flow, "all").result().get("count")).isEqualTo(4L);
  }

  @Test
  void a_topic_that_comes_later_is_read_from_its_first_message() {
    FlowResult flow =
        flows.run(
            "{id: both, action: parallel, config: {steps: ["
                + read("read", "count: 1")
                + ", {id: later, action: delay, config: {duration: 300ms}}]}}",
            "{id: none, action: log, config: {message: x}}");
    Failure missing = flow.step("both").failure().orElseThrow();
    assertThat(missing.code()).isEqualTo("topic_not_found");

    FlowResult later =
        flows.run(
            "{id: both, action: parallel, config: {branches: [{id: reader, steps: ["
                + read("read", "count: 1")
                + "]}, {id: writer, steps: [{action: delay, config: {duration: 300ms}}, "
                + make(1)
                + ", "
                + send("send", "value: here")
                + "]}]}}");
    assertThat(later.status()).as(() -> later.toString()).isEqualTo(Status.PASSED);
  }

  @Test
  void reading_begins_where_it_is_told_to() {
    FlowResult flow =
        flows.run(
            make(2),
            flows.written(
                "send",
                "kafka.produce",
                "topic: "
                    + topic
                    + ", messages: [{value: a, partition: 0, timestamp: 1000}, {value: b, partition:"
                    + " 0, timestamp: 5000}, {value: c, partition: 1, timestamp: 9000}]"),
            read("since", "from: '1970-01-01T00:00:05Z', count: 2"),
            read("offsets", "from: {0: 1}, count: 1"),
            read("latest", "from: latest, timeout: 500ms, min_messages: 0"),
            read("nowhere", "from: {7: 0}, count: 1"),
            read("nonsense", "from: '${MISSING_DAY:-yesterday}', count: 1"));

    assertThat(passed(flow, "since").result().get("messages").toString())
        .contains("text=b")
        .contains("text=c")
        .doesNotContain("text=a");
    assertThat(message(passed(flow, "offsets"), 0).get("value")).isEqualTo("b");
    assertThat(passed(flow, "latest").result().get("count")).isEqualTo(0L);
    assertThat(flow.step("nowhere").failure().orElseThrow().message())
        .isEqualTo("\"from\" names partition 7, and the topic \"" + topic + "\" has 2");
    assertThat(flow.step("nonsense").failure().orElseThrow().message())
        .startsWith("\"from\" wants flow_start, beginning, latest, an instant");
  }

  @Test
  void only_matching_messages_count_and_the_nearest_misses_say_why() {
    FlowResult flow =
        flows.run(
            make(1),
            flows.written(
                "send",
                "kafka.produce",
                "topic: "
                    + topic
                    + ", messages: [{key: a, value: {total: 5}, headers: {type: sale}}, {key: b,"
                    + " value: {total: 500}, headers: {type: sale}}, {key: c, value: not json},"
                    + " {key: d, value: {other: 1}}]"),
            read("key", "match: {key: b}, count: 1"),
            read("header", "match: {headers: {type: sale}}, count: 2"),
            read("path", "match: {json_path: [$.total]}, count: 2"),
            read("where", "match: {where: value.total > 100}, count: 1"),
            read("late", "match: {key: b, where: value.total > 900}, count: 1, timeout: 4s"),
            read("typo", "match: {where: valeu.total > 900}, count: 1"),
            read("number", "match: {where: partition + 1}, count: 1"));

    assertThat(message(passed(flow, "key"), 0).get("key")).isEqualTo("b");
    assertThat(passed(flow, "header").result().get("count")).isEqualTo(2L);
    assertThat(passed(flow, "path").result().get("count")).isEqualTo(2L);
    assertThat(message(passed(flow, "where"), 0).get("offset")).isEqualTo(1L);
    Failure late = flow.step("late").failure().orElseThrow();
    assertThat(late.code()).isEqualTo("too_few_messages");
    assertThat(late.message())
        .startsWith(
            "0 of 1 wanted message came within 4000 ms on the topic \""
                + topic
                + "\"; 4 messages were seen")
        .contains("\npartition 0 offset 1: {\"total\":500}\n")
        .contains("\n  value.total > 900 does not hold: value.total is 500\n");
    assertThat(late.hint()).contains("compare \"match\" with what came");
    assertThat(late.excerpt().get(1).substring(late.excerpt().get(2).indexOf('^')))
        .startsWith("{key: b, where:");
    assertThat(flow.step("late").result().get("seen")).isEqualTo(4L);
    assertThat(flow.step("typo").failure().orElseThrow().code()).isEqualTo("undefined_variable");
    assertThat(flow.step("number").failure().orElseThrow().message())
        .isEqualTo("\"where\" gives 1, where true or false is wanted");
  }

  @Test
  void the_message_that_meets_most_parts_of_a_condition_is_the_nearest_miss() {
    FlowResult flow =
        flows.run(
            make(1),
            flows.written(
                "send",
                "kafka.produce",
                "topic: "
                    + topic
                    + ", messages: [{value: {id: 17, state: new}}, {value: {id: 18, state: paid}},"
                    + " {value: {id: 19, state: new}}, {value: text}, {value: null}, {value: {id:"
                    + " 20}}, {value: {id: 21}}]"),
            read(
                "late",
                "match: {where: value.id == 17 && (value.state == \"paid\" || value.free)}, count: 1,"
                    + " timeout: 2s"));

    Failure late = flow.step("late").failure().orElseThrow();
    assertThat(late.message().lines().skip(1).limit(2))
        .containsExactly(
            "partition 0 offset 1: {\"id\":18,\"state\":\"paid\"}",
            "  value.id == 17 does not hold: value.id is 18");
    assertThat(late.message().lines().skip(3).limit(2))
        .containsExactly(
            "partition 0 offset 0: {\"id\":17,\"state\":\"new\"}",
            "  value.state == \"paid\" || value.free does not hold: value has no key \"free\" (it has id,"
                + " state)");
  }

  @Test
  void too_few_messages_are_no_pass_unless_the_author_looks_at_the_count() {
    FlowResult flow =
        flows.run(
            make(1),
            read("few", "timeout: 300ms, count: 1"),
            read("least", "timeout: 300ms, min_messages: 1"),
            read("none", "timeout: 300ms"),
            flows
                .written(
                    "asserted", "kafka.consume", "topic: " + topic + ", timeout: 300ms, count: 1")
                .replaceAll("}}$", "}, assert: [count == 0]}"));

    assertThat(flow.step("few").failure().orElseThrow().code()).isEqualTo("too_few_messages");
    assertThat(flow.step("least").failure().orElseThrow().hint().orElseThrow())
        .contains("from: beginning");
    passed(flow, "none");
    passed(flow, "asserted");
  }

  @Test
  void a_group_goes_on_where_it_committed_and_without_one_nothing_is_committed() {
    FlowResult flow =
        flows.run(
            make(1),
            send("a", "value: a"),
            send("b", "value: b"),
            read("first", "from: beginning, group_id: " + topic + "-group, count: 1"),
            read("second", "from: beginning, group_id: " + topic + "-group, count: 1"));

    assertThat(message(passed(flow, "first"), 0).get("value")).isEqualTo("a");
    assertThat(message(passed(flow, "second"), 0).get("value")).isEqualTo("b");
  }

  @Test
  void bytes_tombstones_and_texts_that_look_like_json() {
    FlowResult flow =
        flows.run(
            make(1),
            send("bytes", "value: '/wD+', value_format: base64"),
            send("gone", "key: k, value: null"),
            send("quoted", "value: plain, value_format: json"),
            send("digits", "value: '1'"),
            read("read", "count: 4"),
            read("raw", "from: beginning, count: 1, value_format: base64"),
            read("texts", "from: {0: 3}, count: 1, value_format: text"),
            send("bad", "value: '%%', value_format: base64"));

    StepResult read = passed(flow, "read");
    assertThat(message(read, 0).get("value")).isEqualTo("/wD+");
    assertThat(message(read, 0).get("text")).isNull();
    assertThat(message(read, 1).get("value")).isNull();
    assertThat(message(read, 2).get("value")).isEqualTo("plain");
    assertThat(message(read, 3).get("value")).isEqualTo(1L);
    assertThat(message(read, 3).get("text")).isEqualTo("1");
    assertThat(message(passed(flow, "raw"), 0).get("value")).isEqualTo("/wD+");
    assertThat(message(passed(flow, "texts"), 0).get("value")).isEqualTo("1");
    assertThat(flow.step("bad").failure().orElseThrow().message())
        .startsWith("\"value\" is no base64");
  }

  @Test
  void ten_megabytes_travel_when_the_topic_takes_them() {
    FlowSet set =
        flows
            .runner()
            .load(
                flows.flow(
                    flows.written(
                        "make",
                        "kafka.admin.createTopic",
                        "topic: " + topic + ", configs: {max.message.bytes: 20000000}"),
                    send("send", "value: '{{large}}'"),
                    read("read", "count: 1")
                        .replaceAll("}}$", "}, assert: ['len(messages[0].text) == 10000000']}"),
                    flows.written("small", "kafka.admin.createTopic", "topic: " + topic + "-small"),
                    flows.written(
                        "refused",
                        "kafka.produce",
                        "topic: " + topic + "-small, value: '{{large}}'")));
    FlowResult flow =
        flows
            .runner()
            .run(set, RunOptions.builder().variable("large", "x".repeat(10_000_000)).build())
            .flows()
            .get(0);

    passed(flow, "read");
    Failure refused = flow.step("refused").failure().orElseThrow();
    assertThat(refused.hint().orElseThrow()).contains("max.message.bytes");
  }

  @Test
  void topics_are_made_listed_and_deleted() {
    FlowResult flow =
        flows.run(
            make(3),
            make(3).replace("id: make", "id: clash"),
            flows.written(
                "fine", "kafka.admin.createTopic", "topic: " + topic + ", if_not_exists: true"),
            flows.written("list", "kafka.admin.topics", "client_id: me"),
            flows.written("drop", "kafka.admin.deleteTopic", "topic: " + topic),
            flows.written(
                "gone", "kafka.admin.deleteTopic", "topic: " + topic + "-never, if_exists: true"),
            flows.written("unknown", "kafka.admin.deleteTopic", "topic: " + topic + "-never"),
            flows.written(
                "lost",
                "kafka.produce",
                "topic: " + topic + "-never, connectionTimeout: 1500, value: x"));

    assertThat(flow.step("clash").failure().orElseThrow().code()).isEqualTo("topic_exists");
    assertThat(passed(flow, "fine").result())
        .containsEntry("created", false)
        .containsEntry("partitions", 3L);
    assertThat(passed(flow, "list").result().get("topics").toString())
        .contains("{name=" + topic + ", partitions=3, replicationFactor=1}");
    assertThat(passed(flow, "drop").result().get("deleted")).isEqualTo(List.of(topic));
    assertThat(passed(flow, "gone").result().get("deleted")).isEqualTo(List.of());
    for (String id : List.of("unknown", "lost")) {
      Failure failure = flow.step(id).failure().orElseThrow();
      assertThat(failure.code()).isEqualTo("topic_not_found");
      assertThat(failure.message()).contains(topic + "-never").contains(brokers);
    }
  }

  @Test
  void a_closed_port_is_told_at_once_and_never_looks_like_an_empty_topic() {
    try (Flows nobody =
        new Flows(folder, "k", Map.of("brokers", "127.0.0.1:1", "connectionTimeout", 2000))) {
      long start = System.nanoTime();
      for (String config :
          List.of(
              "kafka.consume topic: t, timeout: 20s",
              "kafka.produce topic: t, value: x",
              "kafka.admin.topics include_internal: true",
              "kafka_consumer topic: t",
              "kafka_publish topic: t, value: x")) {
        int blank = config.indexOf(' ');
        Failure failure = nobody.failure(config.substring(0, blank), config.substring(blank + 1));
        assertThat(failure.code()).as(config).isEqualTo("connection_failed");
        assertThat(failure.message())
            .isEqualTo("cannot connect to Kafka at 127.0.0.1:1: connection refused");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }
  }

  @Test
  void two_flows_neither_steal_nor_miss_on_one_topic() {
    flows.run(make(2));
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      files.add(
          flows.flow(
              "{action: delay, config: {duration: 50ms}}",
              send("send", "key: k" + i + ", value: {who: " + i + "}"),
              read("own", "match: {key: k" + i + "}, count: 1"),
              read("all", "from: beginning, count: 8")));
    }
    FlowSet set = flows.runner().load(files.toArray(Path[]::new));

    assertThat(flows.runner().run(set, RunOptions.builder().parallel(8).build()).flows())
        .extracting(FlowResult::status)
        .containsOnly(Status.PASSED);
  }

  @Test
  void a_cancelled_read_ends_at_once_and_nothing_stays_open() throws Exception {
    flows.run(make(1));
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    try (Flows own = new Flows(folder, "k", Map.of("brokers", brokers))) {
      RunHandle run =
          own.runner().start(own.runner().load(own.flow(read("wait", "count: 1, timeout: 100s"))));
      Await.until(
          "it reads",
          () -> Thread.getAllStackTraces().values().stream().anyMatch(KafkaTest::polls));
      long start = System.nanoTime();
      run.cancel();
      assertThat(run.result().get(20, TimeUnit.SECONDS).status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      // The connection works on.
      assertThat(own.step("kafka.produce", "topic: " + topic + ", value: x").status())
          .isEqualTo(Status.PASSED);
    }
    Await.until("no thread is left", () -> threadsSince(before).isEmpty());
  }

  private static boolean polls(StackTraceElement[] stack) {
    for (StackTraceElement element : stack) {
      if (element.getClassName().endsWith("ConsumeStep")) {
        return true;
      }
    }
    return false;
  }

  private static List<String> threadsSince(Set<Thread> before) {
    List<String> names = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().contains("kafka")) {
        names.add(thread.getName());
      }
    }
    return names;
  }

  @Test
  void the_older_names_mean_the_same() {
    FlowResult flow =
        flows.run(
            make(1),
            flows.written(
                "send", "kafka_publish", "topic: " + topic + ", value: {kind: created}, key: k"),
            flows.written(
                "take", "kafka_consume", "topic: " + topic + ", timeout: 20s, filter: {key: k}"),
            flows.written("old", "kafka_producer", "topic: " + topic + ", payload: {kind: paid}"),
            flows.written(
                "all",
                "kafka_consumer",
                "topic: " + topic + ", timeout: 20s, from_beginning: true, count: 2"));

    assertThat(passed(flow, "send").result())
        .containsEntry("success", true)
        .containsKey("duration_ms");
    assertThat(message(passed(flow, "take"), 0).get("value")).isEqualTo(Map.of("kind", "created"));
    assertThat(passed(flow, "all").result())
        .containsEntry("count", 2L)
        .containsEntry("success", true);
  }

  @Test
  void a_message_carries_the_trace_of_the_flow() {
    TraceContext trace =
        TraceContext.of("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true, "shop=17");
    ActionHandler begin =
        new ActionHandler() {
          @Override
          public ActionDescriptor descriptor() {
            return ActionDescriptor.of("begin_trace").describedAs("Begins the trace.");
          }

          @Override
          public ActionResult execute(ActionContext context) {
            context.startTrace(trace, "test", Map.of());
            return ActionResult.of("ok", true);
          }
        };
    try (FlowRunner runner =
        FlowRunner.builder().action(begin).connection("k", Map.of("brokers", brokers)).build()) {
      FlowResult flow =
          runner
              .run(
                  flows.flow(
                      make(1),
                      send("before", "value: 1"),
                      "{id: begin, action: begin_trace}",
                      send("after", "value: 2"),
                      read("all", "count: 2")))
              .flows()
              .get(0);

      StepResult all = passed(flow, "all");
      assertThat(message(all, 0).get("headers")).isEqualTo(Map.of());
      assertThat((Map<?, ?>) message(all, 1).get("headers"))
          .isEqualTo(Map.of("traceparent", trace.traceparent(), "tracestate", "shop=17"));
    }
  }

  @Test
  void the_flow_of_the_guide_passes() {
    FlowSet set =
        flows.runner().load(Path.of("src/test/resources/guide/order-placed.yaml").toAbsolutePath());

    RunOptions options = RunOptions.builder().variable("KAFKA_BROKERS", brokers).build();
    flows.runner().run(set, options).orThrow();
  }

  @Test
  void what_can_never_work_is_told_before_the_run() {
    assertThat(flows.problems("kafka.consume", "count: 1"))
        .containsExactly("invalid_value \"topic\" is missing");
    assertThat(flows.problems("kafka.produce", "topic: t, value: 1, messages: [{value: 2}]"))
        .containsExactly("invalid_value \"messages\" and \"value\" exclude each other");
    assertThat(flows.problems("kafka.produce", "topic: t, messages: []"))
        .containsExactly("invalid_value \"messages\" is empty: nothing would be sent");
    assertThat(flows.problems("kafka.consume", "topic: t, from: beginnin, count: 0"))
        .containsExactlyInAnyOrder(
            "invalid_value \"count\" wants a number from 1 on, got 0",
            "invalid_value \"from\" wants flow_start, beginning, latest, an instant, or a map of"
                + " partitions and offsets, got \"beginnin\"");
    assertThat(flows.problems("kafka.consume", "topic: t, from: latest, fromBeginning: true"))
        .containsExactly("invalid_value \"from\" and \"from_beginning\" exclude each other");
    assertThat(flows.problems("kafka.admin.createTopic", "topic: t, partitions: 0"))
        .containsExactly("invalid_value \"partitions\" wants a number from 1 on, got 0");
    assertThat(flows.problems("kafka.admin.topics", "brokers: 'host:x'"))
        .containsExactly("invalid_value \"brokers\" wants a host and a port, got \"host:x\"");
    assertThat(flows.problems("kafka.admin.topics", "sasl: {username: u}"))
        .containsExactly("invalid_value \"sasl\" needs \"username\" and \"password\"");
    assertThat(flows.problems("kafka.admin.topics", "security_protocol: SASL_SSL"))
        .containsExactly("invalid_value \"security_protocol: SASL_SSL\" needs \"sasl\" beside it");
    assertThat(flows.problems("kafka.consume", "topic: t, match: {wher: 1 == 1}"))
        .singleElement()
        .asString()
        .startsWith("unknown_key unknown key \"wher\"");
  }
}

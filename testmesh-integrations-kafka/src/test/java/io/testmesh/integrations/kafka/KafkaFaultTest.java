package io.testmesh.integrations.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.RunHandle;
import io.testmesh.backends.Await;
import io.testmesh.backends.Flows;
import io.testmesh.backends.KafkaServer;
import io.testmesh.result.Failure;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is slow, goes away or comes back, and one that wants to know who is there. */
@Timeout(180)
class KafkaFaultTest {
  private static KafkaServer server;

  @TempDir Path folder;
  private final String topic = "t-" + UUID.randomUUID();
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    server = KafkaServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    flows = new Flows(folder, "k", Map.of("brokers", server.brokers(), "connectionTimeout", 3000));
    passed(flows.step("kafka.admin.createTopic", "topic: " + topic));
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private static StepResult passed(StepResult step) {
    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    return step;
  }

  private RunHandle start(String config) {
    return flows
        .runner()
        .start(
            flows
                .runner()
                .load(flows.flow(flows.written("s", "kafka.consume", "topic: " + topic + config))));
  }

  private static void awaitReading() throws Exception {
    Await.until(
        "it reads",
        () ->
            Thread.getAllStackTraces().values().stream()
                .flatMap(java.util.Arrays::stream)
                .anyMatch(element -> element.getClassName().endsWith("ConsumeStep")));
  }

  @Test
  void a_broker_that_comes_back_in_the_middle_of_a_step_is_read_on() throws Exception {
    RunHandle run = start(", count: 1, timeout: 100s");
    awaitReading();
    server.kill();
    server.restart();
    passed(flows.step("kafka.produce", "topic: " + topic + ", value: after"));

    StepResult step = run.result().get(120, TimeUnit.SECONDS).flows().get(0).step("s");
    passed(step);
    assertThat(step.result()).containsEntry("count", 1L);
  }

  @Test
  void a_broker_that_stays_away_is_told_when_the_time_is_over() throws Exception {
    RunHandle run = start(", count: 1, timeout: 4s");
    awaitReading();
    server.kill();
    try {
      long begin = System.nanoTime();
      StepResult step = run.result().get(120, TimeUnit.SECONDS).flows().get(0).step("s");

      Failure failure = step.failure().orElseThrow();
      assertThat(failure.message()).contains(server.brokers());
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    } finally {
      server.restart();
    }
  }

  @Test
  void a_slow_broker_does_not_lose_what_is_sent() throws Exception {
    RunHandle run = start(", count: 1, timeout: 60s");
    awaitReading();
    server.pause();
    try {
      // As long as it takes until somebody else gives it up.
      assertThat(flows.failure("kafka.admin.topics", "client_id: other").code())
          .isIn("connection_failed", "timeout");
    } finally {
      server.resume();
    }
    passed(flows.step("kafka.produce", "topic: " + topic + ", value: late"));

    passed(run.result().get(120, TimeUnit.SECONDS).flows().get(0).step("s"));
  }

  @Test
  void a_broker_that_says_nothing_does_not_hold_a_step_beyond_its_time() throws Exception {
    server.pause();
    try {
      long begin = System.nanoTime();
      Failure failure = flows.failure("kafka.produce", "topic: " + topic + ", value: x");

      assertThat(failure.code()).isIn("connection_failed", "timeout");
      assertThat(failure.message()).contains(server.brokers());
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    } finally {
      server.resume();
    }
  }

  @Test
  void a_message_without_a_value_has_to_be_wanted() {
    assertThat(flows.problems("kafka.produce", "topic: t, key: k"))
        .singleElement()
        .asString()
        .contains("there is neither \"value\" nor \"messages\"");
    assertThat(flows.problems("kafka.produce", "topic: t, messages: [{value: 1}, {key: k}]"))
        .singleElement()
        .asString()
        .contains("the message has no \"value\"");
    passed(flows.step("kafka.produce", "topic: " + topic + ", key: k, value: null"));
    StepResult read =
        passed(flows.step("kafka.consume", "topic: " + topic + ", from: beginning, count: 1"));
    assertThat(
            ((Map<?, ?>) ((java.util.List<?>) read.result().get("messages")).get(0)).get("value"))
        .isNull();
  }

  @Test
  void what_is_not_json_is_a_text_and_what_is_no_text_base64() {
    passed(
        flows.step(
            "kafka.produce",
            "topic: "
                + topic
                + ", messages: [{value: '{\"id\": '}, {value: '/w==', value_format: base64},"
                + " {value: {id: 17}}]"));
    StepResult read =
        passed(
            flows.step(
                "kafka.consume",
                "topic: "
                    + topic
                    + ", from: beginning, count: 1, timeout: 20s, match: {where: value.id == 17}"));

    assertThat(read.result()).containsEntry("count", 1L).containsEntry("seen", 3L);
    StepResult all =
        passed(flows.step("kafka.consume", "topic: " + topic + ", from: beginning, count: 3"));
    assertThat(all.result().get("messages")).asString().contains("value={\"id\": ");
    assertThat(all.result().get("messages")).asString().contains("value=/w==");
  }

  @Test
  void sasl_and_tls_are_spoken_and_wrong_passwords_are_told() {
    passed(flows.step("kafka.produce", "topic: " + topic + ", value: 1"));
    String read = "topic: " + topic + ", from: beginning, count: 1, timeout: 20s";
    List<Map<String, Object>> good =
        List.of(
            sasl("PLAIN", KafkaServer.USER, KafkaServer.PASSWORD),
            sasl("SCRAM-SHA-256", KafkaServer.SCRAM_USER, KafkaServer.SCRAM_PASSWORD),
            Map.of(
                "brokers",
                server.tlsBrokers(),
                "tls",
                Map.of("ca_file", server.caFile().toString())),
            Map.of("brokers", server.tlsBrokers(), "tls", Map.of("insecure_skip_verify", true)));
    for (Map<String, Object> connection : good) {
      try (Flows secured = new Flows(folder, "k", connection)) {
        passed(secured.step("kafka.consume", read));
      }
    }
    for (String mechanism : List.of("PLAIN", "SCRAM-SHA-256")) {
      try (Flows wrong = new Flows(folder, "k", sasl(mechanism, "tester", "not-this-one"))) {
        for (String action : List.of("kafka.consume", "kafka.admin.topics", "kafka.produce")) {
          String config =
              action.equals("kafka.consume")
                  ? read
                  : action.equals("kafka.produce")
                      ? "topic: " + topic + ", value: x"
                      : "client_id: c";
          Failure failure = wrong.failure(action, config);
          assertThat(failure.code()).as(failure.message()).isEqualTo("authentication_failed");
          assertThat(failure.toString())
              .contains(server.saslBrokers())
              .doesNotContain("not-this-one");
        }
      }
    }
    try (Flows untrusted =
        new Flows(folder, "k", Map.of("brokers", server.tlsBrokers(), "tls", true))) {
      Failure failure = untrusted.failure("kafka.consume", read);
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure.hint().orElseThrow()).contains("tls");
    }
  }

  private static Map<String, Object> sasl(String mechanism, String user, String password) {
    return Map.of(
        "brokers",
        server.saslBrokers(),
        "sasl",
        Map.of("mechanism", mechanism, "username", user, "password", password));
  }

  @Test
  void a_certificate_of_the_client_is_shown_to_a_broker_that_wants_one() {
    passed(flows.step("kafka.produce", "topic: " + topic + ", value: 1"));
    String read = "topic: " + topic + ", from: beginning, count: 1, timeout: 20s";
    Map<String, Object> certificate =
        Map.of(
            "ca_file",
            server.caFile().toString(),
            "cert_file",
            server.caFile().toString(),
            "key_file",
            server.keyFile().toString());
    try (Flows known =
        new Flows(folder, "k", Map.of("brokers", server.mutualTlsBrokers(), "tls", certificate))) {
      passed(known.step("kafka.consume", read));
    }
    try (Flows unknown =
        new Flows(
            folder,
            "k",
            Map.of(
                "brokers",
                server.mutualTlsBrokers(),
                "connectionTimeout",
                3000,
                "tls",
                Map.of("ca_file", server.caFile().toString())))) {
      Failure failure = unknown.failure("kafka.consume", read);
      assertThat(failure.code()).isIn("connection_failed", "authentication_failed");
      assertThat(failure.message()).contains(server.mutualTlsBrokers());
    }
  }

  @Test
  void a_token_is_shown_to_a_broker_that_wants_one() {
    passed(flows.step("kafka.produce", "topic: " + topic + ", value: 1"));
    try (Flows token =
        new Flows(
            folder,
            "k",
            Map.of(
                "brokers",
                server.saslBrokers(),
                "sasl",
                Map.of("mechanism", "OAUTHBEARER"),
                "properties",
                Map.of(
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                        + " unsecuredLoginStringClaim_sub=\"tester\";")))) {
      passed(
          token.step(
              "kafka.consume", "topic: " + topic + ", from: beginning, count: 1, timeout: 20s"));
    }
  }
}

package io.testmesh.integrations.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Flows;
import io.testmesh.backends.RedisServer;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes into a server and comes out of it. */
@Timeout(120)
class RedisValuesTest {
  private static RedisServer server;

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void open() {
    server.ask("FLUSHALL");
    flows = RedisFlows.to(folder, server.port());
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private Map<String, Object> get(String key) {
    return flows.step("redis.get", "key: " + key).result();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "good day | good day",
        "'007' | 007",
        "'' | ``",
        "12.50 | 12.5",
        "1e7 | 10000000",
        "9223372036854775808 | 9223372036854775808",
        "true | true",
        "'äöü €' | äöü €",
        "{user: 7, roles: [admin, null]} | {\"user\":7,\"roles\":[\"admin\",null]}",
        "[1, 2.5] | [1,2.5]"
      })
  void a_value_is_stored_as_text_and_a_map_or_list_as_json(String written, String stored) {
    assertThat(flows.step("redis.set", "key: k, value: " + written).result())
        .containsOnly(Map.entry("ok", true));
    assertThat(server.ask("GET", "k")).isEqualTo(stored);
    assertThat(get("k"))
        .containsOnly(
            Map.entry("value", stored), Map.entry("exists", true), Map.entry("type", "string"));
  }

  @Test
  void a_key_that_is_not_there_is_no_failure() {
    StepResult step = flows.step("redis.get", "key: nothing");

    assertThat(step.status()).isEqualTo(Status.PASSED);
    assertThat(step.result())
        .hasSize(3)
        .containsEntry("value", null)
        .containsEntry("exists", false)
        .containsEntry("type", "none");
  }

  @Test
  void null_is_no_value() {
    assertThat(flows.problems("redis.set", "key: k, value: null"))
        .containsExactly("invalid_value \"value\" is null, for which Redis has no value");
    FlowResult flow =
        flows.run(
            "{id: g, action: redis.get, config: {connection: r, key: no}}",
            "{id: s, action: redis.set, config: {connection: r, key: k, value: '{{g.value}}'}}");
    assertThat(flow.step("s").failure().orElseThrow().message())
        .isEqualTo("\"value\" is null, for which Redis has no value");
    assertThat(server.ask("EXISTS", "k")).isEqualTo(0L);
  }

  @Test
  void bytes_that_are_no_text_are_base64_both_ways() {
    flows.step("redis.set", "key: b, value: '/wD+', encoding: base64");

    assertThat(server.ask("STRLEN", "b")).isEqualTo(3L);
    assertThat(get("b")).containsEntry("value", "/wD+");
    assertThat(flows.failure("redis.set", "key: b, value: '%%', encoding: base64").message())
        .startsWith("\"value\" is no base64: ");
  }

  @Test
  void a_time_to_live_is_kept_to_the_millisecond() {
    flows.step("redis.set", "key: t, value: x, ttl: 90s500ms");
    flows.step("redis.set", "key: m, value: x, ttl: 5000");
    flows.step("redis.set", "key: f, value: x");

    assertThat((Long) server.ask("PTTL", "t")).isBetween(60_000L, 90_500L);
    assertThat((Long) server.ask("PTTL", "m")).isBetween(1L, 5_000L);
    assertThat(server.ask("PTTL", "f")).isEqualTo(-1L);
  }

  @Test
  void a_time_to_live_of_nothing_is_an_error() {
    assertThat(flows.problems("redis.set", "key: k, value: x, ttl: 0s"))
        .containsExactly("invalid_value \"ttl\" wants more than 0");
  }

  @Test
  void nx_sets_what_is_not_there_and_xx_what_is() {
    assertThat(flows.step("redis.set", "key: k, value: a, xx: true").result())
        .containsEntry("ok", false);
    assertThat(flows.step("redis.set", "key: k, value: b, nx: true").result())
        .containsEntry("ok", true);
    StepResult kept = flows.step("redis.set", "key: k, value: c, nx: true");
    assertThat(kept.status()).isEqualTo(Status.PASSED);
    assertThat(kept.result()).containsEntry("ok", false);
    assertThat(server.ask("GET", "k")).isEqualTo("b");
    assertThat(flows.step("redis.set", "key: k, value: d, xx: true").result())
        .containsEntry("ok", true);
    assertThat(flows.problems("redis.set", "key: k, value: x, nx: true, xx: true"))
        .containsExactly("invalid_value \"nx\" and \"xx\" exclude each other");
  }

  @Test
  void a_hash_is_a_map_in_the_order_of_the_server() {
    server.ask("HSET", "h", "city", "Oslo", "zip", "0150");

    assertThat(get("h"))
        .containsEntry("value", Map.of("city", "Oslo", "zip", "0150"))
        .containsEntry("exists", true)
        .containsEntry("type", "hash");
  }

  @Test
  void a_list_keeps_its_order_and_a_set_is_sorted() {
    server.ask("RPUSH", "l", "b", "a", "b");
    server.ask("SADD", "s", "y", "x", "10", "9");

    assertThat(get("l"))
        .containsEntry("value", List.of("b", "a", "b"))
        .containsEntry("type", "list");
    assertThat(get("s"))
        .containsEntry("value", List.of("10", "9", "x", "y"))
        .containsEntry("type", "set");
  }

  @Test
  void a_sorted_set_has_members_with_their_scores() {
    server.ask("ZADD", "z", "1.5", "b", "-2", "a", "+inf", "c");

    assertThat(get("z"))
        .containsEntry("type", "zset")
        .containsEntry(
            "value",
            List.of(
                Map.of("member", "a", "score", -2L),
                Map.of("member", "b", "score", 1.5),
                Map.of("member", "c", "score", "+Inf")));
  }

  @Test
  void a_stream_has_its_entries() {
    server.ask("XADD", "x", "1-1", "kind", "order", "id", "7");

    assertThat(get("x"))
        .containsEntry("type", "stream")
        .containsEntry(
            "value", List.of(Map.of("id", "1-1", "fields", Map.of("kind", "order", "id", "7"))));
  }

  @Test
  void deleting_and_counting_take_one_key_or_several() {
    server.ask("MSET", "a", "1", "b", "2", "c", "3");

    assertThat(flows.step("redis.exists", "key: a").result())
        .containsOnly(Map.entry("exists", true), Map.entry("count", 1L));
    assertThat(flows.step("redis.exists", "keys: [a, b, none]").result())
        .containsOnly(Map.entry("exists", false), Map.entry("count", 2L));
    assertThat(flows.step("redis.del", "keys: [a, b, none]").result())
        .containsOnly(Map.entry("deleted", 2L));
    assertThat(flows.step("redis.del", "key: none").result())
        .containsOnly(Map.entry("deleted", 0L));
    assertThat(flows.step("redis.exists", "key: a").result())
        .containsOnly(Map.entry("exists", false), Map.entry("count", 0L));
    assertThat(server.ask("GET", "c")).isEqualTo("3");
  }

  @Test
  void deleting_wants_one_of_key_and_keys() {
    assertThat(flows.problems("redis.del", "host: h"))
        .containsExactly("invalid_value \"key\" is missing, or \"keys\" for several");
    assertThat(flows.problems("redis.exists", "key: a, keys: [b]"))
        .containsExactly("invalid_value \"key\" and \"keys\" exclude each other");
    assertThat(flows.problems("redis.exists", "keys: []"))
        .containsExactly("invalid_value \"keys\" is an empty list; it wants at least one key");
  }

  @Test
  void the_older_names_do_the_same() {
    flows.step("redis_set", "key: k, value: '007'");

    assertThat(flows.step("redis_get", "key: k").result())
        .containsEntry("value", "007")
        .containsEntry("exists", true);
  }

  @Test
  void a_value_of_ten_megabytes_goes_both_ways() {
    String large = "0123456789".repeat(1_000_000);
    FlowResult flow =
        flows.run(
            "{id: w, action: redis.set, config: {connection: r, key: k, value: '{{repeat(\"0123456789\", 1000000)}}'}}",
            "{id: l, action: redis.get, config: {connection: r, key: k}, assert: ['len(value) == 10000000']}");

    assertThat(flow.status()).as(String.valueOf(flow.failure())).isEqualTo(Status.PASSED);
    assertThat(server.ask("GET", "k")).isEqualTo(large);
  }

  @Test
  void a_server_that_refuses_says_why() {
    server.ask("RPUSH", "l", "x");
    Failure failure = flows.failure("redis.command", "command: INCR, args: [l]");

    assertThat(failure.code()).isEqualTo("action_failed");
    assertThat(failure.message())
        .isEqualTo(
            "Redis at 127.0.0.1:"
                + server.port()
                + " refuses INCR: WRONGTYPE Operation against a key holding the wrong kind of"
                + " value");
  }
}

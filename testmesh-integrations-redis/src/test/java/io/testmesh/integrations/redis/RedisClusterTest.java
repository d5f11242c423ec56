package io.testmesh.integrations.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Await;
import io.testmesh.backends.Flows;
import io.testmesh.backends.RedisServer;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of three masters and a replica. */
@Timeout(180)
class RedisClusterTest {
  private static final int SLOTS = 16_384;
  private static final List<RedisServer> NODES = new ArrayList<>();

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    for (int i = 0; i < 4; i++) {
      NODES.add(RedisServer.startNode());
    }
    for (int i = 0; i < 3; i++) {
      int first = i * SLOTS / 3;
      int last = (i + 1) * SLOTS / 3 - 1;
      NODES.get(i).ask("CLUSTER", "ADDSLOTSRANGE", "" + first, "" + last);
    }
    for (RedisServer node : NODES.subList(1, 4)) {
      String port = Integer.toString(node.port());
      String bus = Integer.toString(node.busPort());
      NODES.get(0).ask("CLUSTER", "MEET", RedisServer.HOST, port, bus);
    }
    for (RedisServer node : NODES) {
      Await.until("the nodes know each other", () -> knownBy(node) == 4);
    }
    String first = String.valueOf(NODES.get(0).ask("CLUSTER", "MYID"));
    NODES.get(3).ask("CLUSTER", "REPLICATE", first);
    for (RedisServer node : NODES) {
      Await.until("the cluster is ready", () -> info(node).contains("cluster_state:ok"));
    }
    Await.until(
        "the replica follows",
        () -> String.valueOf(NODES.get(3).ask("INFO", "replication")).contains("link_status:up"));
  }

  private static long knownBy(RedisServer node) {
    return String.valueOf(node.ask("CLUSTER", "NODES")).lines().count();
  }

  private static String info(RedisServer node) {
    return String.valueOf(node.ask("CLUSTER", "INFO"));
  }

  @AfterAll
  static void stop() {
    NODES.forEach(RedisServer::close);
    NODES.clear();
  }

  @BeforeEach
  void open() {
    flows = new Flows(folder, "r", Map.of("url", urls()));
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private static List<String> urls() {
    List<String> urls = new ArrayList<>();
    for (RedisServer node : NODES.subList(0, 2)) {
      urls.add("redis://127.0.0.1:" + node.port());
    }
    return urls;
  }

  @Test
  void keys_are_found_on_whatever_node_they_are() {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      steps.add(
          "{id: w"
              + i
              + ", action: redis.set, config: {connection: r, key: key"
              + i
              + ", value: v"
              + i
              + "}}");
    }
    for (int i = 0; i < 30; i++) {
      steps.add(
          "{id: g"
              + i
              + ", action: redis.get, config: {connection: r, key: key"
              + i
              + "}, assert: ['value == \"v"
              + i
              + "\"']}");
    }
    FlowResult flow = flows.run(steps.toArray(String[]::new));

    assertThat(flow.status()).as(String.valueOf(flow.failure())).isEqualTo(Status.PASSED);
    long spread = NODES.stream().filter(node -> node.sessions(Dialer.CLIENT_NAME) == 1).count();
    assertThat(spread).as("nodes with one connection").isEqualTo(3);
  }

  @Test
  void keys_of_several_nodes_are_counted_and_removed_together() {
    for (String key : List.of("a", "b", "c", "d")) {
      flows.step("redis.set", "key: " + key + ", value: x");
    }

    assertThat(flows.step("redis.exists", "keys: [a, b, c, d, none]").result())
        .containsEntry("count", 4L)
        .containsEntry("exists", false);
    assertThat(flows.step("redis.del", "keys: [a, b, c, d, none]").result())
        .containsEntry("deleted", 4L);
  }

  @Test
  void a_command_follows_the_directions_of_the_nodes() {
    for (String key : List.of("a", "b", "c")) {
      StepResult step =
          flows.step(
              "redis.command",
              "command: EVAL, args: ['return redis.call(\"INCR\", KEYS[1])', 1, n" + key + "]");
      assertThat(step.result()).as(String.valueOf(step.failure())).containsEntry("result", 1L);
    }
  }

  @Test
  void keys_of_several_nodes_in_one_command_are_told() {
    Failure failure = flows.failure("redis.command", "command: MSET, args: [a, 1, b, 2]");

    assertThat(failure.code()).isEqualTo("action_failed");
    assertThat(failure.message()).contains("refuses MSET: CROSSSLOT");
    assertThat(failure.hint().orElseThrow()).contains("{part}");
  }

  @Test
  void what_one_node_answers_for_itself_is_not_taken_for_the_cluster() {
    Failure failure = flows.failure("redis.command", "command: DBSIZE");

    assertThat(failure.code()).isEqualTo("invalid_value");
    assertThat(failure.message()).isEqualTo("DBSIZE is about one node, and this is a cluster");
    StepResult one =
        flows
            .run(
                "{id: s, action: redis.command, config: {port: "
                    + NODES.get(0).port()
                    + ", host: 127.0.0.1, command: DBSIZE}}")
            .step("s");
    assertThat(one.status()).isEqualTo(Status.PASSED);
  }

  @Test
  void one_node_that_has_the_key_elsewhere_names_the_cure() {
    List<Failure> failures = new ArrayList<>();
    for (String key : List.of("a", "b", "c")) {
      flows
          .run(
              "{id: s, action: redis.get, config: {host: 127.0.0.1, port: "
                  + NODES.get(0).port()
                  + ", key: "
                  + key
                  + "}}")
          .step("s")
          .failure()
          .ifPresent(failures::add);
    }

    assertThat(failures).isNotEmpty();
    assertThat(failures.get(0).message())
        .startsWith(
            "Redis at 127.0.0.1:"
                + NODES.get(0).port()
                + " refuses GET: it is a node of a cluster, and the key is on the node 127.0.0.1:");
    assertThat(failures.get(0).hint())
        .contains(
            "give a list, which means the cluster: url: [redis://127.0.0.1:"
                + NODES.get(0).port()
                + "]");
  }

  @Test
  void a_slot_that_moves_is_asked_for_on_both_nodes() {
    // The slot of "moving" is on the way: keys that are not on the old node are asked for on the
    // new.
    long slot = (long) NODES.get(0).ask("CLUSTER", "KEYSLOT", "moving");
    RedisServer from = NODES.get((int) (slot * 3 / SLOTS));
    RedisServer to = NODES.get((int) ((slot * 3 / SLOTS + 1) % 3));
    String fromId = String.valueOf(from.ask("CLUSTER", "MYID"));
    String toId = String.valueOf(to.ask("CLUSTER", "MYID"));
    to.ask("CLUSTER", "SETSLOT", "" + slot, "IMPORTING", fromId);
    from.ask("CLUSTER", "SETSLOT", "" + slot, "MIGRATING", toId);
    try {
      assertThat(flows.step("redis.set", "key: moving, value: x").status())
          .isEqualTo(Status.PASSED);
      assertThat(flows.step("redis.get", "key: moving").result()).containsEntry("value", "x");
      assertThat(to.ask("CLUSTER", "COUNTKEYSINSLOT", "" + slot)).isEqualTo(1L);
      assertThat(flows.step("redis.del", "key: moving").result()).containsEntry("deleted", 1L);
    } finally {
      from.ask("CLUSTER", "SETSLOT", "" + slot, "STABLE");
      to.ask("CLUSTER", "SETSLOT", "" + slot, "STABLE");
    }
  }

  @Test
  void a_node_that_is_down_is_replaced_by_its_replica() throws Exception {
    String key = keyOfFirst();
    flows.step("redis.set", "key: " + key + ", value: kept");
    Await.until("the replica has it", () -> count(NODES.get(3), key) == 1);
    NODES.get(0).kill();
    try {
      FlowResult flow =
          flows.run(
              "{id: s, action: redis.get, config: {connection: r, key: "
                  + key
                  + ", connection_timeout: 1s}, within: 90s, every: 100ms, assert: ['value == \"kept\"']}");
      assertThat(flow.step("s").status())
          .as(String.valueOf(flow.failure()))
          .isEqualTo(Status.PASSED);
    } finally {
      NODES.get(0).restart();
      // It comes back as the replica of the one that replaced it.
      RedisServer old = NODES.remove(0);
      NODES.add(0, NODES.remove(2));
      NODES.add(old);
      Await.until(
          "the cluster is whole again",
          () ->
              String.valueOf(old.ask("INFO", "replication")).contains("link_status:up")
                  && info(NODES.get(1)).contains("cluster_state:ok"));
    }
  }

  private static long count(RedisServer node, String key) {
    return (long) node.ask("CLUSTER", "COUNTKEYSINSLOT", "" + slot(key));
  }

  private static long slot(String key) {
    return (long) NODES.get(0).ask("CLUSTER", "KEYSLOT", key);
  }

  private static String keyOfFirst() {
    int i = 0;
    while (slot("replicated" + i) >= SLOTS / 3) {
      i++;
    }
    return "replicated" + i;
  }
}

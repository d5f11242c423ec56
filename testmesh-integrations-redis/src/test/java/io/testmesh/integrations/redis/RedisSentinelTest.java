package io.testmesh.integrations.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Await;
import io.testmesh.backends.Flows;
import io.testmesh.backends.RedisServer;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master, a replica, and three sentinels that watch them. */
@Timeout(180)
class RedisSentinelTest {
  @TempDir Path folder;
  private final List<RedisServer> sentinels = new ArrayList<>();
  private RedisServer master;
  private RedisServer replica;
  private Flows flows;

  @BeforeEach
  void open() throws Exception {
    master = RedisServer.start("--requirepass", "data-s3cret", "--masterauth", "data-s3cret");
    replica =
        RedisServer.start(
            "--requirepass", "data-s3cret",
            "--masterauth", "data-s3cret",
            "--replicaof", "127.0.0.1 " + master.port());
    for (int i = 0; i < 3; i++) {
      sentinels.add(
          RedisServer.startSentinel(
              """
              sentinel monitor main 127.0.0.1 %d 2
              sentinel auth-pass main data-s3cret
              sentinel down-after-milliseconds main 1000
              sentinel failover-timeout main 4000
              sentinel sentinel-pass watch-s3cret
              requirepass watch-s3cret
              """
                  .formatted(master.port())));
    }
    for (RedisServer sentinel : sentinels) {
      Await.until("the sentinels know all", () -> knows(sentinel));
    }
    flows = new Flows(folder, "r", connection("watch-s3cret", "data-s3cret"));
  }

  private boolean knows(RedisServer sentinel) {
    String info = String.valueOf(sentinel.askAs("watch-s3cret", "INFO", "sentinel"));
    return info.contains("status=ok") && info.contains("slaves=1,sentinels=3");
  }

  private Map<String, Object> connection(String watch, String data) {
    List<String> urls = new ArrayList<>();
    for (RedisServer sentinel : sentinels) {
      urls.add("redis://:" + watch + "@127.0.0.1:" + sentinel.port());
    }
    return Map.of("url", urls, "sentinel_master", "main", "password", data);
  }

  @AfterEach
  void close() {
    if (flows != null) {
      flows.close();
    }
    sentinels.forEach(RedisServer::close);
    replica.close();
    master.close();
  }

  @Test
  void the_sentinels_name_the_master() {
    assertThat(flows.step("redis.set", "key: k, value: v").result()).containsEntry("ok", true);
    assertThat(flows.step("redis.get", "key: k").result()).containsEntry("value", "v");
    assertThat(master.askAs("data-s3cret", "GET", "k")).isEqualTo("v");
  }

  @Test
  void a_sentinel_that_is_down_is_passed_over() {
    sentinels.get(0).kill();

    assertThat(flows.step("redis.set", "key: k, value: v").result()).containsEntry("ok", true);
  }

  @Test
  void the_new_master_is_found_when_the_old_one_is_gone() throws Exception {
    flows.step("redis.set", "key: k, value: kept");
    Await.until(
        "the replica has it", () -> "kept".equals(replica.askAs("data-s3cret", "GET", "k")));
    master.kill();

    FlowResult flow =
        flows.run(
            "{id: s, action: redis.set, config: {connection: r, key: n, value: new},"
                + " timeout: 5s, within: 100s, every: 200ms, assert: [ok]}",
            "{id: g, action: redis.get, config: {connection: r, key: k}, assert: ['value =="
                + " \"kept\"']}");

    assertThat(flow.status()).as(String.valueOf(flow.failure())).isEqualTo(Status.PASSED);
    assertThat(replica.askAs("data-s3cret", "GET", "n")).isEqualTo("new");
  }

  @Test
  void a_master_that_nobody_watches_is_told_with_those_that_are() {
    try (Flows other =
        new Flows(
            folder,
            "r",
            Map.of(
                "url",
                "redis://:watch-s3cret@127.0.0.1:" + sentinels.get(0).port(),
                "sentinel_master",
                "mian"))) {
      Failure failure = other.failure("redis.get", "key: k");

      assertThat(failure.code()).isEqualTo("invalid_value");
      assertThat(failure.message())
          .isEqualTo(
              "the sentinel at 127.0.0.1:"
                  + sentinels.get(0).port()
                  + " watches no master \"mian\"");
      assertThat(failure.hint()).contains("it watches main");
    }
  }

  @Test
  void sentinels_and_the_master_have_passwords_of_their_own() {
    try (Flows other = new Flows(folder, "r", connection("wrong-s3cret", "data-s3cret"))) {
      Failure failure = other.failure("redis.get", "key: k");
      assertThat(failure.code()).isEqualTo("authentication_failed");
      assertThat(failure.message()).startsWith("no sentinel names the master \"main\": Redis at ");
    }
    try (Flows other = new Flows(folder, "r", connection("watch-s3cret", "wrong-s3cret"))) {
      Failure failure = other.failure("redis.get", "key: k");
      assertThat(failure.code()).isEqualTo("authentication_failed");
      assertThat(failure.message()).startsWith("Redis at 127.0.0.1:" + master.port());
    }
  }
}

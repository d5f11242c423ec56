package io.testmesh.integrations.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import io.testmesh.integrations.common.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSettingsTest {

  private static RedisSettings read(Object... keysAndValues) throws ActionException {
    Map<String, Object> keys = new HashMap<>(Map.of("connection_timeout", "5s", "pool_size", 64L));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return RedisSettings.read(keys::get, Path::of);
  }

  @Test
  void without_keys_it_is_the_server_of_this_machine() throws ActionException {
    assertThat(read())
        .isEqualTo(
            new RedisSettings(
                new RedisSettings.Target.Server(new ServerAddress("localhost", 6379)),
                0,
                null,
                null,
                Duration.ofSeconds(5),
                64));
    assertThat(read("url", "redis://localhost")).isEqualTo(read());
  }

  @Test
  void keys_win_over_the_url_each_for_itself() throws ActionException {
    RedisSettings settings = read("url", "redis://al:first@h/3", "password", "second", "db", 4L);

    assertThat(settings.login()).isEqualTo(new Login("al", "second"));
    assertThat(settings.database()).isEqualTo(4);
    assertThat(read("url", "redis://:first@h/3", "username", "bo").login())
        .isEqualTo(new Login("bo", "first"));
    assertThat(read("username", "", "password", "").login()).isNull();
  }

  @Test
  void a_list_is_a_cluster() throws ActionException {
    assertThat(read("url", List.of("rediss://a:1", "rediss://b:2")).target())
        .isEqualTo(
            new RedisSettings.Target.Cluster(
                List.of(new ServerAddress("a", 1), new ServerAddress("b", 2))));
    assertThat(read("url", "redis://a,redis://b").target())
        .isInstanceOf(RedisSettings.Target.Cluster.class);
    assertThat(read("url", List.of("redis://a")).target())
        .isInstanceOf(RedisSettings.Target.Cluster.class);
  }

  @Test
  void with_a_master_the_urls_are_those_of_its_sentinels() throws ActionException {
    RedisSettings settings =
        read(
            "url",
            List.of("rediss://:watch@a", "rediss://:watch@b:2"),
            "sentinel_master",
            "main",
            "password",
            "data",
            "db",
            2L);

    assertThat(settings.target())
        .isEqualTo(
            new RedisSettings.Target.Master(
                List.of(new ServerAddress("a", 26379), new ServerAddress("b", 2)),
                "main",
                new Login(null, "watch"),
                TlsSettings.DEFAULT));
    assertThat(settings.login()).isEqualTo(new Login(null, "data"));
    assertThat(settings.tls()).isNull();
    assertThat(settings.database()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "username | al | \"username\" needs \"password\" beside it",
        "sentinel_master | main | \"sentinel_master\" needs \"url\": the list of sentinels",
        "host | h:1 | \"host\" wants a host alone, got \"h:1\"; the port is \"port\"",
        "host | redis://h | \"host\" wants a host and a port, got \"redis://h\"",
        "connection_timeout | 0 | \"connection_timeout\" wants more than 0"
      })
  void what_cannot_be_a_connection_is_told(String key, String value, String problem) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(ActionException.class)
        .hasMessage(problem);
  }

  @Test
  void numbers_out_of_range_are_told() {
    assertThatThrownBy(() -> read("port", 65_536L))
        .hasMessage("\"port\" wants a whole number from 1 to 65535, got 65536");
    assertThatThrownBy(() -> read("db", -1L))
        .hasMessage("\"db\" wants a whole number from 0 to 2147483647, got -1");
    assertThatThrownBy(() -> read("pool_size", 0L))
        .hasMessage("\"pool_size\" wants a whole number from 1 to 10000, got 0");
  }

  @Test
  void what_contradicts_itself_is_told() {
    assertThatThrownBy(() -> read("url", List.of("redis://a/1", "redis://b/2")))
        .hasMessage("\"url\" wants the same scheme, user, password and database in all of them");
    assertThatThrownBy(() -> read("url", List.of()))
        .hasMessage("\"url\" is an empty list; it wants at least one server");
    assertThatThrownBy(() -> read("url", List.of("redis://a"), "db", 1L))
        .hasMessage("\"db\" is 1, and a cluster has the database 0 alone");
    assertThatThrownBy(() -> read("url", "rediss://a", "tls", false))
        .hasMessage("\"tls\" is false, and \"url\" begins with rediss://, which is TLS");
    assertThatThrownBy(() -> read("url", List.of("redis://a/1"), "sentinel_master", "main"))
        .hasMessage("\"url\" names sentinels, which have no database; it goes to \"db\"");
  }
}

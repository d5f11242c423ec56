package io.testmesh.integrations.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisUrlTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "redis://cache, false, cache, 6379, -, -, -",
        "rediss://cache:7000/3, true, cache, 7000, -, -, 3",
        "redis://:p%40ss+1@h/, false, h, 6379, -, p@ss+1, -",
        "redis://al:p:q@[::1]:7/0, false, ::1, 7, al, p:q, 0",
        "redis://, false, localhost, 6379, -, -, -",
        "redis://al:@h, false, h, 6379, -, -, -"
      })
  void a_url_has_a_server_a_login_and_a_database(
      String text, boolean tls, String host, int port, String user, String password, Integer db)
      throws ActionException {
    RedisUrl url = RedisUrl.parse(text, 6379);

    assertThat(url.tls()).isEqualTo(tls);
    assertThat(url.address()).isEqualTo(new ServerAddress(host, port));
    assertThat(url.login()).isEqualTo(password == null ? null : new Login(user, password));
    assertThat(url.database()).isEqualTo(db);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h | wants redis://host:port, or rediss:// for TLS, got \"http://h\"",
        "al:secret@h | wants redis://host:port, or rediss:// for TLS, got \"…@h\"",
        "redis://h?db=3 | takes no parameters; they are keys beside it, got \"redis://h?db=3\"",
        "redis://secret@h | names a user without a password; a password alone is :password@, got"
            + " \"redis://…@h\"",
        "redis://h/cache | wants the number of a database after the last /, got \"redis://h/cache\"",
        "redis://:50%@h | has a % that begins no character in its user or password; write %25, got"
            + " \"redis://…@h\"",
        "redis://h:x | wants a host and a port, got \"h:x\""
      })
  void what_is_no_url_is_told_without_the_password(String text, String problem) {
    assertThatThrownBy(() -> RedisUrl.parse(text, 6379))
        .isInstanceOf(ActionException.class)
        .hasMessage("\"url\" " + problem);
  }

  @Test
  void a_login_is_shown_without_the_password() {
    assertThat(new Login("al", "secret")).hasToString("al");
    assertThat(new Login(null, "secret")).hasToString("the default user");
  }
}

package io.testmesh.integrations.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlSettingsTest {

  private static SqlSettings read(Object... keysAndValues) throws ActionException {
    Map<String, Object> keys = new HashMap<>();
    keys.put("connectionTimeout", "10s");
    keys.put("pool_size", 16L);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return SqlSettings.read(keys::get, Path::of);
  }

  private static Target text(String connectionString) throws ActionException {
    return read("connectionString", connectionString).target();
  }

  @Test
  void a_url_has_user_password_host_port_database_and_parameters() throws Exception {
    Target target =
        text(
            "postgres://odd:p%40ss%3Aw%2Frd%20%3F%23%26%25@db.example:5433/or%20ders"
                + "?sslmode=require&application_name=me+you&connect_timeout=3");

    assertThat(target.url()).isEqualTo("jdbc:postgresql://db.example:5433/or%20ders");
    assertThat(target.address()).isEqualTo("db.example:5433");
    assertThat(target.properties())
        .containsEntry("user", "odd")
        .containsEntry("password", "p@ss:w/rd ?#&%")
        .containsEntry("sslmode", "require")
        .containsEntry("ApplicationName", "me+you")
        .containsEntry("connectTimeout", "3");
  }

  @Test
  void an_at_sign_in_a_password_is_found_out() throws Exception {
    Target target = text("postgresql://me:p@ss@localhost/d");

    assertThat(target.properties()).containsEntry("password", "p@ss");
    assertThat(target.address()).isEqualTo("localhost:5432");
  }

  @Test
  void several_hosts_and_ipv6_are_taken() throws Exception {
    assertThat(text("postgres://me@a:1,b:2/d?target_session_attrs=read-write").url())
        .isEqualTo("jdbc:postgresql://a:1,b:2/d");
    assertThat(text("postgres://me@a:1,b:2/d?target_session_attrs=read-write").properties())
        .containsEntry("targetServerType", "primary");
    assertThat(text("postgres://me@[::1]:5433/d").address()).isEqualTo("[::1]:5433");
  }

  @Test
  void keywords_are_read_as_psql_reads_them() throws Exception {
    Target target =
        text(
            "host=localhost port = 5433 dbname=shop user=odd"
                + " password='p@ss \\'w\\\\rd' sslmode=disable");

    assertThat(target.url()).isEqualTo("jdbc:postgresql://localhost:5433/shop");
    assertThat(target.properties())
        .containsEntry("user", "odd")
        .containsEntry("password", "p@ss 'w\\rd")
        .containsEntry("sslmode", "disable");
    assertThat(text("dbname=shop user=me").address()).isEqualTo("localhost:5432");
    assertThat(text("user=me").url()).endsWith("/me");
    assertThat(text("host=::1 user=me").address()).isEqualTo("[::1]:5432");
  }

  @Test
  void a_jdbc_url_of_any_driver_stays_as_it_is() throws Exception {
    Target h2 = text("jdbc:h2:mem:x;MODE=PostgreSQL");
    assertThat(h2.url()).isEqualTo("jdbc:h2:mem:x;MODE=PostgreSQL");
    assertThat(h2.isPostgres()).isFalse();
    assertThat(text("jdbc:mysql://me:secret@db/x?password=secret").address())
        .isEqualTo("jdbc:mysql://db/x");
    Target own = text("jdbc:postgresql://h:1/d?user=me&password=secret");
    assertThat(own.url()).isEqualTo("jdbc:postgresql://h:1/d");
    assertThat(own.properties()).containsEntry("password", "secret");
    assertThat(text("jdbc:postgresql:d").address()).isEqualTo("localhost:5432");
  }

  @Test
  void keys_say_more_than_the_text() throws Exception {
    SqlSettings settings =
        read("connectionString", "postgres://a:b@h/d", "user", "me", "password", "", "tls", true);

    assertThat(settings.target().properties())
        .containsEntry("user", "me")
        .containsEntry("password", "b")
        .containsEntry("sslmode", "verify-full");
    assertThat(read("tls", false).target().properties()).containsEntry("sslmode", "disable");
    assertThat(read("tls", Map.of("insecure_skip_verify", true)).target().properties())
        .containsEntry("sslmode", "require");
    assertThat(read("tls", true, "sslmode", "verify-ca").target().properties())
        .containsEntry("sslmode", "verify-ca");
  }

  @Test
  void without_anything_it_is_postgres_at_localhost() throws Exception {
    Target target = read().target();

    assertThat(target.url()).isEqualTo("jdbc:postgresql://localhost:5432/postgres");
    assertThat(target.properties()).containsEntry("user", "postgres");
  }

  @Test
  void nobody_sees_a_password() throws Exception {
    assertThat(read("connectionString", "postgres://a:b-s3cret@h/d", "password", "c-s3cret"))
        .asString()
        .doesNotContain("s3cret");
  }

  @Test
  void what_cannot_be_meant_is_refused_without_showing_a_password() {
    for (String wrong :
        new String[] {
          "postgres://a:s3cret@h:x/d",
          "postgres://a:s3cret%@h/d",
          "postgres://a:s3cret@h/d?x",
          "mysql://a:s3cret@h/d",
          "password='s3cret",
          "s3cret",
          "host=/var/run password=s3cret",
          "  ",
          "user=me target_session_attrs=s3cret",
        }) {
      assertThatThrownBy(() -> text(wrong))
          .as(wrong)
          .isInstanceOf(ActionException.class)
          .hasMessageStartingWith("\"connectionString\" ")
          .message()
          .doesNotContain("s3cret");
    }
    assertThatThrownBy(() -> read("connection", "mysql://h/d"))
        .hasMessageStartingWith("\"connection\" begins with");
    assertThatThrownBy(() -> read("host", "h:1")).hasMessageStartingWith("\"host\" wants a host");
    assertThatThrownBy(() -> read("port", 0L)).hasMessageStartingWith("\"port\" wants");
    assertThatThrownBy(() -> read("pool_size", 0L)).hasMessageStartingWith("\"pool_size\" wants");
    assertThatThrownBy(() -> read("connectionTimeout", 0L))
        .hasMessage("\"connectionTimeout\" wants more than 0");
    assertThatThrownBy(() -> read("tls", true, "sslmode", "disable"))
        .hasMessage("\"tls\" is set, and \"sslmode\" is disable");
    assertThatThrownBy(() -> read("connectionString", "jdbc:h2:mem:x", "tls", true))
        .hasMessageStartingWith("\"tls\" is for PostgreSQL");
  }
}

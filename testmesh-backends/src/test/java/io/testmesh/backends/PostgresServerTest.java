package io.testmesh.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(120)
class PostgresServerTest {

  @Test
  void a_server_starts_again_with_its_data_and_leaves_nothing_when_it_is_closed() throws Exception {
    startAgainAndEnd(PostgresPrograms.find());
  }

  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "x86_64"},
      disabledReason = "the jar has programs for Linux on x86-64 alone")
  void where_the_machine_has_no_programs_those_of_a_jar_are_used() throws Exception {
    startAgainAndEnd(PostgresPrograms.published());
  }

  @Test
  void a_database_of_its_own_is_gone_when_it_is_closed() throws Exception {
    PostgresDatabase one = PostgresDatabase.create();
    try (PostgresDatabase other = PostgresDatabase.create()) {
      one.sql("CREATE TABLE t (n int)");
      other.sql("CREATE TABLE t (n int)");
      String all = "SELECT datname FROM pg_database";
      assertThat(other.sql(all)).contains(nameOf(one));

      one.close();

      assertThat(other.sql(all)).doesNotContain(nameOf(one)).contains(nameOf(other));
    }
  }

  @Test
  void a_database_whose_session_is_still_there_is_dropped_too() throws Exception {
    PostgresDatabase one = PostgresDatabase.create();
    try (PostgresDatabase other = PostgresDatabase.create()) {
      CompletableFuture<Void> sleeping =
          CompletableFuture.runAsync(() -> one.sql("SELECT pg_sleep(100)"));
      Await.until(
          "the session is there",
          () ->
              other
                  .sql("SELECT query FROM pg_stat_activity WHERE datname = '" + nameOf(one) + "'")
                  .contains("pg_sleep"));

      one.close();

      assertThat(other.sql("SELECT datname FROM pg_database")).doesNotContain(nameOf(one));
      assertThatThrownBy(sleeping::join).hasMessageContaining("terminating connection");
    }
  }

  private static String nameOf(PostgresDatabase database) {
    return database.url().substring(database.url().lastIndexOf('/') + 1);
  }

  private static void startAgainAndEnd(PostgresPrograms programs) throws Exception {
    NewProcesses started = new NewProcesses();
    PostgresServer server = PostgresServer.start(programs, Ports.free(1)[0]);
    Path folder = server.caFile().getParent();
    server.sql("CREATE TABLE kept (n int); INSERT INTO kept VALUES (17);");
    server.kill();
    server.restart();
    assertThat(server.sql("SELECT n FROM kept")).isEqualTo("17");
    assertThat(server.running("pg_sleep")).isZero();
    server.close();

    assertThat(Files.exists(folder)).isFalse();
    started.awaitNone();
  }
}

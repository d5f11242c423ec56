package io.testmesh.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PostgresServerTest {

  @Test
  void a_server_starts_again_with_its_data_and_leaves_nothing_when_it_is_closed() throws Exception {
    PostgresServer server = PostgresServer.start();
    Path folder = server.caFile().getParent();
    server.sql("CREATE TABLE kept (n int); INSERT INTO kept VALUES (17);");
    server.kill();
    server.restart();
    assertThat(server.sql("SELECT n FROM kept")).isEqualTo("17");
    assertThat(server.running("pg_sleep")).isZero();
    server.close();

    assertThat(Files.exists(folder)).isFalse();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (ProcessHandle.current().descendants().findAny().isPresent()) {
      assertThat(System.nanoTime()).as("a process is left").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}

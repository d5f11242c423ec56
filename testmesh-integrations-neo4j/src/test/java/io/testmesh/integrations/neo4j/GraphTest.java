package io.testmesh.integrations.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionException;
import io.testmesh.backends.Await;
import io.testmesh.backends.Flows;
import io.testmesh.backends.Ports;
import io.testmesh.result.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Values;
import org.neo4j.driver.exceptions.ClientException;

/** What needs no server; queries against a real one are in the acceptance suite. */
@Timeout(60)
class GraphTest {
  @TempDir Path folder;

  private static GraphSettings read(Object... keysAndValues) throws ActionException {
    Map<String, Object> keys = new HashMap<>();
    keys.put("url", "bolt://localhost");
    keys.put("connectionTimeout", "1s");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return GraphSettings.read(keys::get, Path::of);
  }

  @Test
  void urls_have_a_scheme_of_the_driver_and_a_port() throws Exception {
    assertThat(read().url()).hasToString("bolt://localhost:7687");
    assertThat(read("url", "neo4j+s://db:1").address()).isEqualTo("db:1");
    for (String odd : List.of("http://h", "bolt://", "localhost:7687", "bolt://u:p@h")) {
      assertThatThrownBy(() -> read("url", odd)).as(odd).hasMessageStartingWith("\"url\" ");
    }
    assertThatThrownBy(() -> read("url", "bolt+s://h", "tls", true))
        .hasMessageStartingWith("\"tls\" is set");
    assertThat(read("username", "u", "password", "p-s3cret").toString()).doesNotContain("s3cret");
  }

  @Test
  void a_closed_port_is_told_with_host_and_port_and_leaves_no_thread() throws Exception {
    int port = Ports.closed();
    try (Flows down = new Flows(folder, "g", Map.of("url", "bolt://127.0.0.1:" + port))) {
      long start = System.nanoTime();
      Failure failure = down.failure("neo4j.assert", "query: RETURN 1, assert: [count == 0]");

      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure.message())
          .isEqualTo("cannot connect to Neo4j at 127.0.0.1:" + port + ": connection refused");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
    Await.until(
        "no thread is left",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("Neo4jDriverIO")));
  }

  @Test
  void a_server_that_says_nothing_or_half_a_word_holds_no_step() throws Exception {
    for (byte[] word : new byte[][] {{}, {0, 0}}) {
      Thread answering;
      try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
        answering =
            new Thread(
                () -> {
                  try {
                    while (true) {
                      silent.accept().getOutputStream().write(word);
                    }
                  } catch (IOException e) {
                    // The test is over.
                  }
                });
        answering.start();
        String url = "bolt://127.0.0.1:" + silent.getLocalPort();
        try (Flows flows = new Flows(folder, "g", Map.of("url", url, "connectionTimeout", "1s"))) {
          Failure failure =
              flows
                  .run(
                      "{id: s, action: neo4j.assert, timeout: 4s, config: {connection: g, query:"
                          + " RETURN 1, assert: [count == 0]}}")
                  .step("s")
                  .failure()
                  .orElseThrow();

          assertThat(failure.code()).as(failure.message()).isEqualTo("connection_failed");
          assertThat(failure.message())
              .isEqualTo(
                  "cannot connect to Neo4j at 127.0.0.1:"
                      + silent.getLocalPort()
                      + ": no answer in time");
        }
      }
      answering.join();
    }
  }

  @Test
  void values_keep_their_types() {
    Map<String, Object> values = new HashMap<>();
    values.put("n", 9007199254740993L);
    values.put("at", ZonedDateTime.parse("2026-11-26T10:30:00+01:00[Europe/Berlin]"));
    values.put("day", LocalDate.parse("2026-11-26"));
    values.put("list", List.of(1L, 2.5, "x"));

    Map<?, ?> plain = (Map<?, ?>) GraphValues.plain(values);

    assertThat(plain.get("n")).isEqualTo(9007199254740993L);
    assertThat(plain.get("at")).isEqualTo("2026-11-26T10:30+01:00");
    assertThat(plain.get("day")).isEqualTo("2026-11-26");
    assertThat(plain.get("list")).isEqualTo(List.of(1L, 2.5, "x"));
    assertThat(GraphValues.plain(Values.point(4326, 1, 2).asObject()))
        .isEqualTo(Map.of("srid", 4326L, "x", 1.0, "y", 2.0));
    assertThat(GraphValues.plain(Values.isoDuration(14, 3, 4, 0).asObject()))
        .isEqualTo("P14M3DT4S");
    assertThat(GraphValues.plain(null)).isNull();
  }

  @Test
  @SuppressWarnings("deprecation") // the driver itself makes its exceptions in another way
  void a_syntax_error_is_marked_in_the_query() throws Exception {
    ActionException failure =
        GraphErrors.of(
            new ClientException(
                "Neo.ClientError.Statement.SyntaxError",
                "Invalid input 'RETRUN': expected 'RETURN' (line 2, column 1 (offset: 10))"),
            read(),
            "MATCH (n)\nRETRUN n");

    assertThat(failure.code()).isEqualTo("action_failed");
    assertThat(failure.getMessage())
        .isEqualTo(
            "Neo4j refuses the query: Invalid input 'RETRUN': expected 'RETURN' (line 2, column 1"
                + " (offset: 10)) (Neo.ClientError.Statement.SyntaxError)");
    assertThat(failure.place()).containsExactly("query");
    assertThat(failure.mark())
        .contains(new ActionException.Mark("MATCH (n)\nRETRUN n", "MATCH (n)\n".length()));
  }
}

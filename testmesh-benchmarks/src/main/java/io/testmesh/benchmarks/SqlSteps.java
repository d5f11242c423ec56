package io.testmesh.benchmarks;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.backends.PostgresServer;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * 1,000 {@code postgresql.query} steps against a loop over one bare connection of the driver that
 * prepares, runs and reads the same statement, in turns.
 */
public final class SqlSteps {
  private static final int READS = 1000;
  private static final int ROUNDS = 300;
  private static final String SELECT = "SELECT id, name, price FROM items WHERE id = ";

  private SqlSteps() {}

  /** Measures and prints; takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      server.sql(
          "CREATE TABLE items (id int PRIMARY KEY, name text, price numeric);"
              + " INSERT INTO items SELECT n, 'item ' || n, n / 4.0 FROM generate_series(1, 500) n");
      String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + PostgresServer.DATABASE;
      try (Connection connection =
              DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD);
          FlowRunner runner = FlowRunner.builder().build()) {
        FlowSet flows = reads(server.url());
        InTurns.compare(
            "postgresql.query",
            READS,
            ROUNDS,
            () -> loop(connection),
            () -> Runs.run(runner, flows, Runs.options(1)));
      }
    }
  }

  private static int loop(Connection connection) {
    int characters = 0;
    try {
      for (int i = 0; i < READS; i++) {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + "?")) {
          statement.setInt(1, 1 + i % 500);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              characters +=
                  rows.getInt(1) + rows.getString(2).length() + rows.getBigDecimal(3).scale();
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return characters;
  }

  private static FlowSet reads(String url) {
    Flow.Builder flow = Flow.builder("reads");
    for (int i = 0; i < READS; i++) {
      flow.step(
          Step.of("postgresql.query")
              .config("connectionString", url)
              .config("query", SELECT + "$1")
              .config("params", List.of((long) (1 + i % 500))));
    }
    return FlowSet.of(flow.build());
  }
}

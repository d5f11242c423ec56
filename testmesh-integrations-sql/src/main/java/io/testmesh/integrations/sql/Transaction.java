package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Statements that are done all or not at all. */
final class Transaction {
  /** The isolation levels by the words of a flow. */
  static final Map<String, Integer> ISOLATION =
      Map.of(
          "read uncommitted", Connection.TRANSACTION_READ_UNCOMMITTED,
          "read committed", Connection.TRANSACTION_READ_COMMITTED,
          "repeatable read", Connection.TRANSACTION_REPEATABLE_READ,
          "serializable", Connection.TRANSACTION_SERIALIZABLE);

  private Transaction() {}

  /**
   * Runs statements in a transaction; one alone is one by itself.
   *
   * @param isolation one of {@link #ISOLATION}; null for the server's
   * @param what how one of them is called, by its place
   */
  static List<Outcome> all(
      Session session, @Nullable String isolation, List<Sql> statements, IntFunction<Part> what)
      throws ActionException, InterruptedException {
    Statements runner = new Statements(session);
    if (statements.size() == 1 && isolation == null) {
      return List.of(runner.run(statements.get(0), what.apply(0)));
    }
    Connection connection = session.connection();
    List<Outcome> outcomes = new ArrayList<>();
    boolean isDone = false;
    try {
      if (isolation != null) {
        connection.setTransactionIsolation(ISOLATION.getOrDefault(isolation, 0));
      }
      connection.setAutoCommit(false);
      for (int i = 0; i < statements.size(); i++) {
        outcomes.add(runner.run(statements.get(i), what.apply(i)));
      }
      connection.commit();
      isDone = true;
      return outcomes;
    } catch (SQLException e) {
      throw session.failure(e, null, Part.of("the transaction"));
    } finally {
      end(session, isDone);
    }
  }

  private static void end(Session session, boolean isDone) {
    try {
      if (!isDone) {
        session.connection().rollback();
      }
      session.connection().setAutoCommit(true);
    } catch (SQLException e) {
      // The server rolls back what a connection leaves behind that is closed.
      session.touch();
    }
  }
}

package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ConnectionErrors;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the exceptions of drivers mean, and how it is said. Immutable. */
final class SqlErrors {
  private static final int MOST_CAUSES = 20;
  private static final String NO_TABLE = "table_not_found";

  private final Target target;

  SqlErrors(Target target) {
    this.target = target;
  }

  /** The server for people, such as {@code PostgreSQL at localhost:5432}. */
  String server() {
    return kind() + " at " + target.address();
  }

  private String kind() {
    return target.isPostgres() ? "PostgreSQL" : "the database";
  }

  /** Why there is no connection. */
  ActionException connecting(Throwable failure) {
    SQLException reason = deepest(failure);
    String state = state(reason);
    String why = reason == null ? null : message(reason);
    if (state.startsWith("28") || isMissingPassword(why)) {
      return ConnectionErrors.refused(kind(), target.address(), String.valueOf(why), failure)
          .detail("sqlstate", state);
    }
    if (state.equals("3D000")) {
      return new ActionException(
              "database_not_found", server() + " has no such database: " + why, failure)
          .hint("check \"database\", or the last part of the connection string")
          .detail("sqlstate", state);
    }
    if (state.startsWith("53")) {
      return ConnectionErrors.unreachable(kind(), target.address(), reason)
          .hint("the server takes no more connections; a smaller \"pool_size\" needs fewer");
    }
    ActionException unreachable = ConnectionErrors.unreachable(kind(), target.address(), failure);
    return why != null && why.contains("does not support SSL")
        ? unreachable.hint("\"sslmode: disable\" speaks without TLS")
        : unreachable;
  }

  /** A server that wants a password and is given none says so through the driver alone. */
  private static boolean isMissingPassword(@Nullable String why) {
    return why != null && why.contains("no password was provided");
  }

  /** There is no driver for the URL, or it does not take the URL. */
  ActionException noDriver(RuntimeException failure) {
    String why = ConnectionErrors.why(failure);
    if (why.contains("jdbcUrl") || why.contains("No suitable driver")) {
      return new ActionException(
              ActionException.INVALID_VALUE,
              "no JDBC driver on the class path takes \"" + target.address() + "\"",
              failure)
          .hint("add the jar of the database's driver to the class path");
    }
    return ConnectionErrors.unreachable(kind(), target.address(), failure);
  }

  /**
   * Why a statement failed.
   *
   * @param sql the statement; null when it was none of a flow
   */
  ActionException executing(SQLException failure, @Nullable Sql sql, Part what) {
    String state = state(failure);
    if (isLost(state)) {
      return ConnectionErrors.lost(kind(), target.address(), failure).detail("sqlstate", state);
    }
    int position = target.isPostgres() ? ServerWords.of(failure) : 0;
    int written = sql == null ? 0 : sql.writtenPosition(position);
    StringBuilder message = new StringBuilder();
    message
        .append(kind())
        .append(" refuses ")
        .append(what.words())
        .append(": ")
        .append(message(failure));
    if (!state.isEmpty()) {
      message.append(" (SQLSTATE ").append(state).append(')');
    }
    if (written > 0) {
      message.append(" at position ").append(written);
    }
    ActionException e = new ActionException(code(state), message.toString(), failure);
    if (sql != null && written > 0) {
      e.mark(sql.written(), written - 1).detail("position", written);
    }
    String hint = hint(state, failure);
    boolean isTable = what.path().isEmpty() && e.code().equals(NO_TABLE);
    return (hint == null ? e : e.hint(hint))
        .at(isTable ? new Object[] {"table"} : what.path().toArray())
        .detail("sqlstate", state);
  }

  private static String code(String state) {
    return switch (state) {
      case "42P01" -> NO_TABLE;
      case "42703" -> "column_not_found";
      case "3D000" -> "database_not_found";
      default ->
          state.startsWith("28")
              ? ActionException.AUTHENTICATION_FAILED
              : ActionException.ACTION_FAILED;
    };
  }

  private @Nullable String hint(String state, SQLException failure) {
    String said = target.isPostgres() ? ServerWords.hint(failure) : null;
    if (said != null) {
      return said;
    }
    return switch (state) {
      case "42P01" ->
          "postgresql.tables lists the tables of a schema; names in \"table\" are case-sensitive";
      case "42703" -> "postgresql.columns lists the columns of a table";
      case "42P18" -> "say the parameter's type: $1::text";
      default -> null;
    };
  }

  /** Class 08 is the connection's, 57P01 to 57P03 and 57P05 are the server's end. */
  private static boolean isLost(String state) {
    return state.startsWith("08") || state.startsWith("57P0");
  }

  /** The driver's words without what they repeat of themselves. */
  private String message(SQLException failure) {
    String server = target.isPostgres() ? ServerWords.message(failure) : null;
    if (server != null) {
      return server;
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message.strip();
  }

  private static String state(@Nullable SQLException failure) {
    String state = failure == null ? null : failure.getSQLState();
    return state == null ? "" : state;
  }

  /** The last exception of a driver in the chain of causes: pools wrap it. */
  private static @Nullable SQLException deepest(Throwable failure) {
    SQLException found = null;
    Throwable part = failure;
    for (int i = 0; part != null && i < MOST_CAUSES; i++) {
      if (part instanceof SQLException sql && sql.getSQLState() != null) {
        found = sql;
      }
      part = part.getCause();
    }
    return found;
  }
}

package io.testmesh.integrations.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What PostgreSQL says beside its message (protocol documentation, section "Error and Notice
 * Message Fields").
 */
final class ServerWords {
  private ServerWords() {}

  private static @Nullable ServerErrorMessage server(SQLException failure) {
    return failure instanceof PSQLException own ? own.getServerErrorMessage() : null;
  }

  /** The character of the statement, from 1 on; 0 when it is not known. */
  static int of(SQLException failure) {
    ServerErrorMessage server = server(failure);
    return server == null ? 0 : server.getPosition();
  }

  /** The message with its details; null when the server did not say it. */
  static @Nullable String message(SQLException failure) {
    ServerErrorMessage server = server(failure);
    if (server == null || server.getMessage() == null) {
      return null;
    }
    String detail = server.getDetail();
    return detail == null ? server.getMessage() : server.getMessage() + "; " + detail;
  }

  /** What the server proposes; null when nothing. */
  static @Nullable String hint(SQLException failure) {
    ServerErrorMessage server = server(failure);
    return server == null ? null : server.getHint();
  }
}

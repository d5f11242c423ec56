package io.testmesh.backends;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.StringJoiner;

/** What a test itself asks a database; a connection for each question. */
final class PostgresClient {
  private final String url;
  private final Properties settings = new Properties();

  /**
   * A client.
   *
   * @param address {@code postgres://user:password@host:port/database}
   */
  PostgresClient(String address) {
    URI uri = URI.create(address);
    String[] user = uri.getUserInfo().split(":", 2);
    this.url = "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
    settings.setProperty("user", user[0]);
    settings.setProperty("password", user[1]);
    settings.setProperty("preferQueryMode", "simple");
    settings.setProperty("connectTimeout", "5");
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, settings);
  }

  /** Whether it can be asked. */
  boolean answers() {
    try (Connection connection = connect()) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Runs statements.
   *
   * @return the values of the rows, a line each, columns with {@code |} between them, nothing for
   *     NULL
   */
  String sql(String statements) {
    StringJoiner lines = new StringJoiner("\n");
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      boolean hasRows = statement.execute(statements);
      while (hasRows || statement.getUpdateCount() >= 0) {
        if (hasRows) {
          addRows(statement.getResultSet(), lines);
        }
        hasRows = statement.getMoreResults();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + ", in: " + statements, e);
    }
    return lines.toString().strip();
  }

  private static void addRows(ResultSet rows, StringJoiner lines) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      StringJoiner line = new StringJoiner("|");
      for (int i = 1; i <= columns; i++) {
        String value = rows.getString(i);
        line.add(value == null ? "" : value);
      }
      lines.add(line.toString());
    }
  }
}

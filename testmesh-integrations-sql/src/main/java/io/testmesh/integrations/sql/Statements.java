package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs statements in a session. */
final class Statements {
  private final Session session;

  Statements(Session session) {
    this.session = session;
  }

  /** A builder for a statement of this database. */
  SqlBuilder builder() {
    return new SqlBuilder(session.database().isPostgres());
  }

  /**
   * A statement that a flow wrote.
   *
   * @param params a list, a map, or null
   * @param key how its text is called in messages
   */
  Sql bind(String text, @Nullable Object params, String key) throws ActionException {
    StatementText known = session.database().known(text);
    if (known.isEmpty()) {
      throw new ActionException(ActionException.INVALID_VALUE, key + " has no statement in it");
    }
    if (params instanceof Map) {
      SqlBuilder sql = builder();
      known.text().addTo(sql, params, key);
      return sql.build();
    }
    List<?> values = params instanceof List<?> list ? list : List.of();
    Sql shape = session.database().shape(text, values.size());
    if (shape == null) {
      SqlBuilder sql = builder();
      known.text().addTo(sql, places(values.size()), key);
      shape = sql.build();
      session.database().shape(text, values.size(), shape);
    }
    return shape.with(values);
  }

  private static List<Integer> places(int count) {
    List<Integer> places = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      places.add(i);
    }
    return places;
  }

  /** Runs a statement and reads all that it gives. */
  Outcome run(Sql sql, Part what) throws ActionException, InterruptedException {
    return run(sql, 0, what);
  }

  /**
   * Runs a statement.
   *
   * @param mostRows how many rows are read at most; 0 for all
   */
  Outcome run(Sql sql, int mostRows, Part what) throws ActionException, InterruptedException {
    StatementText known = session.database().known(sql.written());
    if (known.staysInSession()) {
      session.touch();
    }
    try (PreparedStatement statement = session.connection().prepareStatement(sql.jdbc())) {
      return session.run(
          statement,
          sql,
          what,
          ignored -> {
            bindValues(statement, sql);
            // One more, to know whether there are more.
            statement.setMaxRows(mostRows == 0 ? 0 : mostRows + 1);
            return outcome(statement, statement.execute(), known.isChanging(), mostRows);
          });
    } catch (SQLException e) {
      throw session.failure(e, sql, what);
    }
  }

  private void bindValues(PreparedStatement statement, Sql sql)
      throws SQLException, ActionException {
    List<@Nullable Object> values = sql.values();
    if (values.isEmpty()) {
      return;
    }
    if (!session.database().isPostgres()) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, Parameters.plain(values.get(i), session.context().json()));
      }
      return;
    }
    List<String> types = types(statement, sql);
    for (int i = 0; i < values.size(); i++) {
      String type = types.get(i);
      String text = Parameters.text(values.get(i), type, i + 1, session.context().json());
      if (text == null) {
        statement.setNull(i + 1, java.sql.Types.NULL);
      } else {
        statement.setString(i + 1, text);
      }
    }
  }

  private List<String> types(PreparedStatement statement, Sql sql) throws SQLException {
    List<String> known = session.database().parameterTypes(sql.jdbc());
    if (known != null) {
      return known;
    }
    List<String> types = new ArrayList<>();
    java.sql.ParameterMetaData parameters = statement.getParameterMetaData();
    for (int i = 1; i <= sql.values().size(); i++) {
      types.add(parameters.getParameterTypeName(i));
    }
    session.database().parameterTypes(sql.jdbc(), types);
    return types;
  }

  private Outcome outcome(Statement statement, boolean hasRows, boolean isChanging, int mostRows)
      throws SQLException, ActionException {
    List<Map<String, @Nullable Object>> rows = List.of();
    List<Map<String, @Nullable Object>> fields = List.of();
    long affected = 0;
    boolean isRows = hasRows;
    boolean isCut = false;
    while (true) {
      if (isRows) {
        try (ResultSet found = statement.getResultSet()) {
          RowReader reader = new RowReader(found, session);
          rows = reader.rows();
          fields = reader.fields();
        }
        affected += isChanging ? rows.size() : 0;
        isCut = mostRows > 0 && rows.size() > mostRows;
      } else {
        int count = statement.getUpdateCount();
        if (count < 0) {
          break;
        }
        affected += count;
      }
      isRows = statement.getMoreResults();
    }
    return new Outcome(isCut ? rows.subList(0, mostRows) : rows, fields, affected, isCut);
  }
}

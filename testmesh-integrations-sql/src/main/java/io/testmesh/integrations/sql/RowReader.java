package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a result. Belongs to one thread. */
final class RowReader {
  private final ResultSet found;
  private final Session session;
  private final List<String> names;
  private final List<String> types;

  RowReader(ResultSet found, Session session) throws SQLException {
    this.found = found;
    this.session = session;
    ResultSetMetaData columns = found.getMetaData();
    int count = columns.getColumnCount();
    this.names = new ArrayList<>(count);
    this.types = new ArrayList<>(count);
    Set<String> taken = new HashSet<>(capacity(count));
    for (int i = 1; i <= count; i++) {
      String label = columns.getColumnLabel(i);
      String name = label;
      for (int n = 2; !taken.add(name); n++) {
        name = label + "_" + n;
      }
      names.add(name);
      types.add(columns.getColumnTypeName(i));
    }
  }

  /** The capacity of a map or set that never grows. */
  private static int capacity(int size) {
    return size * 4 / 3 + 1;
  }

  /** The columns. */
  List<Map<String, @Nullable Object>> fields() {
    List<Map<String, @Nullable Object>> fields = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      Map<String, @Nullable Object> field = new LinkedHashMap<>(capacity(2));
      field.put("name", names.get(i));
      field.put("type", types.get(i));
      fields.add(field);
    }
    return fields;
  }

  /**
   * All rows; two columns of the same name are told apart by a number: {@code id}, {@code id_2}.
   */
  List<Map<String, @Nullable Object>> rows() throws SQLException, ActionException {
    boolean isPostgres = session.database().isPostgres();
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    while (found.next()) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>(capacity(names.size()));
      for (int i = 0; i < names.size(); i++) {
        Object value =
            isPostgres
                ? PostgresCells.value(
                    found.getString(i + 1), types.get(i), session.context().json())
                : OtherCells.value(found, i + 1, types.get(i), session.context().json());
        row.put(names.get(i), value);
      }
      rows.add(row);
    }
    return rows;
  }
}

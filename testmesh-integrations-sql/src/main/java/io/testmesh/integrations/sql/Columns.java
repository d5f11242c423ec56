package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a result. */
final class Columns {
  private Columns() {}

  /**
   * The name of a column as the rows have it, also when there is no row. Some databases write all
   * names in capital letters.
   *
   * @throws ActionException code {@code column_not_found}, with the columns that are
   */
  static String find(Outcome outcome, String name) throws ActionException {
    List<String> names = new ArrayList<>();
    for (Map<String, @Nullable Object> field : outcome.fields()) {
      names.add(String.valueOf(field.get("name")));
    }
    if (names.isEmpty()) {
      throw new ActionException(
              "column_not_found",
              "there is no column \"" + name + "\": the statement gives no rows at all")
          .hint("write a SELECT, or add RETURNING");
    }
    if (names.contains(name)) {
      return name;
    }
    List<String> alike = names.stream().filter(name::equalsIgnoreCase).toList();
    if (alike.size() == 1) {
      return alike.get(0);
    }
    throw new ActionException("column_not_found", "the rows have no column \"" + name + "\"")
        .hint("they have " + String.join(", ", names));
  }
}

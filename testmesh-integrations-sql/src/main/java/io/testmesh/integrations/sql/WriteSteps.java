package io.testmesh.integrations.sql;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One attempt of the actions that change rows. */
final class WriteSteps {
  static final String DEFAULTS_HINT =
      "a row of defaults alone is inserted by postgresql.execute: INSERT INTO … DEFAULT VALUES";

  /** What the protocol allows in one statement (message Bind). */
  private static final int MOST_PARAMETERS = 65_535;

  private WriteSteps() {}

  static ActionResult insert(ActionContext context) throws ActionException, InterruptedException {
    List<Map<?, ?>> rows = rows(context.config().value("data"));
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> row.keySet().forEach(name -> columns.add(String.valueOf(name))));
    int atOnce = Math.max(1, MOST_PARAMETERS / columns.size());
    try (Session session = Database.of(context).session(context, null)) {
      Statements statements = new Statements(session);
      List<Sql> batch = new ArrayList<>();
      for (int from = 0; from < rows.size(); from += atOnce) {
        List<Map<?, ?>> some = rows.subList(from, Math.min(rows.size(), from + atOnce));
        batch.add(insert(statements.builder(), columns, some, context.config()));
      }
      List<Map<String, @Nullable Object>> returned = new ArrayList<>();
      long inserted = 0;
      for (Outcome outcome : Transaction.all(session, null, batch, part -> Part.of("the insert"))) {
        returned.addAll(outcome.rows());
        inserted += outcome.affected();
      }
      return ActionResult.of("inserted", inserted).with("rows", returned);
    }
  }

  private static List<Map<?, ?>> rows(@Nullable Object data) throws ActionException {
    List<Map<?, ?>> rows = new ArrayList<>();
    for (Object item : data instanceof List<?> list ? list : List.of(data == null ? "" : data)) {
      if (item instanceof Map<?, ?> row && !row.isEmpty()) {
        rows.add(row);
      } else {
        throw empty("data[" + rows.size() + "]");
      }
    }
    if (rows.isEmpty()) {
      throw empty("data");
    }
    return rows;
  }

  private static ActionException empty(String what) {
    return new ActionException(
            ActionException.INVALID_VALUE, "\"" + what + "\" has no values to insert")
        .hint(DEFAULTS_HINT);
  }

  private static Sql insert(
      SqlBuilder sql, Set<String> columns, List<Map<?, ?>> rows, ActionConfig config)
      throws ActionException {
    sql.text("INSERT INTO ").text(table(config)).text(" (").text(names(columns)).text(") VALUES ");
    String rowSeparator = "";
    for (Map<?, ?> row : rows) {
      sql.text(rowSeparator).text("(");
      String separator = "";
      for (String column : columns) {
        sql.text(separator);
        if (row.containsKey(column)) {
          sql.parameter(row.get(column));
        } else {
          sql.text("DEFAULT");
        }
        separator = ", ";
      }
      sql.text(")");
      rowSeparator = ", ";
    }
    if (config.value("on_conflict") instanceof Map<?, ?> rule) {
      addConflict(sql, rule, columns);
    }
    addReturning(sql, config, true);
    return sql.build();
  }

  private static void addConflict(SqlBuilder sql, Map<?, ?> rule, Set<String> columns)
      throws ActionException {
    sql.text(" ON CONFLICT");
    List<String> target = texts(rule.get("columns"));
    if (!target.isEmpty()) {
      sql.text(" (").text(names(target)).text(")");
    }
    if ("nothing".equals(rule.get("do"))) {
      sql.text(" DO NOTHING");
      return;
    }
    List<String> changed = texts(rule.get("update"));
    if (changed.isEmpty()) {
      changed = new ArrayList<>(columns);
      changed.removeAll(target);
    }
    if (changed.isEmpty()) {
      throw new ActionException(
              ActionException.INVALID_VALUE, "\"on_conflict\" has no column left to change")
          .hint("name them in \"update\", or say \"do: nothing\"");
    }
    sql.text(" DO UPDATE SET ");
    String separator = "";
    for (String column : changed) {
      String name = Identifier.quoted(column, "update");
      sql.text(separator).text(name).text(" = EXCLUDED.").text(name);
      separator = ", ";
    }
  }

  static ActionResult update(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    Map<String, @Nullable Object> data = config.map("data");
    if (data.isEmpty()) {
      throw new ActionException(ActionException.INVALID_VALUE, "\"data\" has no values to set");
    }
    try (Session session = Database.of(context).session(context, null)) {
      Statements statements = new Statements(session);
      SqlBuilder sql = statements.builder();
      sql.text("UPDATE ").text(table(config)).text(" SET ");
      String separator = "";
      for (Map.Entry<String, @Nullable Object> entry : data.entrySet()) {
        sql.text(separator).text(Identifier.quoted(entry.getKey(), "data")).text(" = ");
        sql.parameter(entry.getValue());
        separator = ", ";
      }
      addWhere(sql, config.text("where"), config.value("whereParams"));
      addReturning(sql, config, true);
      Outcome outcome = statements.run(sql.build(), Part.of("the update"));
      return ActionResult.of("updated", outcome.affected()).with("rows", outcome.rows());
    }
  }

  static ActionResult delete(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    try (Session session = Database.of(context).session(context, null)) {
      Statements statements = new Statements(session);
      SqlBuilder sql = statements.builder();
      sql.text("DELETE FROM ").text(table(config));
      addWhere(sql, config.text("where"), config.value("params"));
      addReturning(sql, config, false);
      Outcome outcome = statements.run(sql.build(), Part.of("the delete"));
      return ActionResult.of("deleted", outcome.affected()).with("rows", outcome.rows());
    }
  }

  private static void addWhere(SqlBuilder sql, String where, @Nullable Object params)
      throws ActionException {
    if (new SqlScanner(where).statements().size() != 1) {
      throw new ActionException(
              ActionException.INVALID_VALUE, "\"where\" wants one condition, got \"" + where + "\"")
          .hint("such as id = $1; true changes all rows");
    }
    // The line break ends a comment that the condition may end with.
    sql.text(" WHERE (");
    SqlText.of(where).addTo(sql, params, "\"where\"");
    sql.text("\n)");
  }

  private static void addReturning(SqlBuilder sql, ActionConfig config, boolean isDefault)
      throws ActionException {
    if (!config.has("returning")) {
      sql.text(isDefault ? " RETURNING *" : "");
      return;
    }
    List<String> columns = texts(config.value("returning"));
    if (columns.equals(List.of("*"))) {
      sql.text(" RETURNING *");
    } else if (!columns.isEmpty()) {
      sql.text(" RETURNING ").text(names(columns));
    }
  }

  private static String table(ActionConfig config) throws ActionException {
    return Identifier.quotedTable(config.text("table"), "table");
  }

  private static String names(Iterable<String> columns) throws ActionException {
    List<String> quoted = new ArrayList<>();
    for (String column : columns) {
      quoted.add(Identifier.quoted(column, "data"));
    }
    return String.join(", ", quoted);
  }

  private static List<String> texts(@Nullable Object list) {
    List<String> texts = new ArrayList<>();
    if (list instanceof List<?> items) {
      items.forEach(item -> texts.add(String.valueOf(item)));
    }
    return texts;
  }
}

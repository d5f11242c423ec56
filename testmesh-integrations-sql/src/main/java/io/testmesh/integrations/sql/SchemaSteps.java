package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import java.util.List;

/** One attempt of the actions that look at a schema. */
final class SchemaSteps {
  private static final String TABLES =
      """
      SELECT table_name, table_type FROM information_schema.tables
      WHERE table_schema = $1 ORDER BY table_name""";

  private static final String COLUMNS =
      """
      SELECT column_name, data_type, is_nullable, column_default, character_maximum_length
      FROM information_schema.columns
      WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position""";

  private static final String SCHEMA = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1";

  private SchemaSteps() {}

  static ActionResult tables(ActionContext context) throws ActionException, InterruptedException {
    String schema = context.config().text("schema");
    try (Session session = Database.of(context).session(context, null)) {
      Outcome found = ask(session, TABLES, List.of(schema));
      if (found.rows().isEmpty()) {
        requireSchema(session, schema);
      }
      return ActionResult.of("schema", schema).with("tables", found.rows());
    }
  }

  static ActionResult columns(ActionContext context) throws ActionException, InterruptedException {
    String schema = context.config().text("schema");
    String table = context.config().text("table");
    try (Session session = Database.of(context).session(context, null)) {
      Outcome found = ask(session, COLUMNS, List.of(schema, table));
      if (found.rows().isEmpty()) {
        requireSchema(session, schema);
        throw new ActionException(
                "table_not_found",
                "the schema \""
                    + schema
                    + "\" has no table \""
                    + table
                    + "\" that the user may see")
            .hint("postgresql.tables lists them; names are case-sensitive here")
            .at("table");
      }
      return ActionResult.of("table", table).with("schema", schema).with("columns", found.rows());
    }
  }

  private static void requireSchema(Session session, String schema)
      throws ActionException, InterruptedException {
    if (ask(session, SCHEMA, List.of(schema)).rows().isEmpty()) {
      throw new ActionException("schema_not_found", "there is no schema \"" + schema + "\"")
          .hint("check \"schema\" and the database of the connection")
          .at("schema");
    }
  }

  private static Outcome ask(Session session, String query, List<String> values)
      throws ActionException, InterruptedException {
    Statements statements = new Statements(session);
    return statements.run(statements.bind(query, values, "the query"), Part.of("the query"));
  }
}

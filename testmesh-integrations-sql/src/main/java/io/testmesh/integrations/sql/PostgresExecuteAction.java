package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import java.util.ArrayList;
import java.util.List;

/** The action {@code postgresql.execute}. */
public final class PostgresExecuteAction extends SqlAction {
  /** A statement of a list. */
  static final ConfigType STATEMENT =
      ConfigType.oneOf(
          ConfigType.TEXT,
          ConfigType.object(
              ConfigKey.required("query", ConfigType.TEXT, "The statement"),
              ConfigKey.optional(
                  "params", PARAMS, "The values: a list for $1 and ?, a map for :name")));

  private static final List<String> SOURCES = List.of("statement", "statements", "file");

  /** For {@link java.util.ServiceLoader}. */
  public PostgresExecuteAction() {
    super(describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("postgresql.execute")
            .describedAs(
                "Runs statements one after the other, such as those that prepare a schema. The first"
                    + " that fails ends the step; those before it stay done.")
            .optional("statement", ConfigType.TEXT, "The statement")
            .optional("params", PARAMS, "The values of statement")
            .optional("statements", ConfigType.listOf(STATEMENT), "Several statements")
            .optional("file", ConfigType.FILE, "A file with statements, each ended by a semicolon");
    return SqlKeys.connection(own)
        .result("executed", ConfigType.INTEGER, "How many statements were run")
        .result("results", ConfigType.LIST, "Of each: rowCount and rows")
        .example(
            """
            - action: postgresql.execute
              config:
                database: orders
                statements:
                  - CREATE TABLE IF NOT EXISTS audit (id serial, note text)
                  - {query: "INSERT INTO audit (note) VALUES ($1)", params: [begun]}
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    List<String> given = new ArrayList<>();
    for (String source : SOURCES) {
      if (config.has(source)) {
        given.add(source);
      }
    }
    if (given.isEmpty()) {
      config.reject(List.of(), "one of \"statement\", \"statements\" and \"file\" is needed", null);
    } else if (given.size() > 1) {
      config.reject(
          given.get(1),
          "\"" + given.get(0) + "\" and \"" + given.get(1) + "\" exclude each other",
          "keep one of them");
    }
    if (config.has("params") && !config.has("statement")) {
      config.reject("params", "\"params\" are the values of \"statement\"", "remove them");
    }
    if (config.value("statements") instanceof List<?> list && list.isEmpty()) {
      config.reject("statements", "\"statements\" is empty", "add a statement");
    }
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return ScriptSteps.execute(context);
  }
}

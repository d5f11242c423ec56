package io.testmesh.integrations.sql;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of the actions that run several statements. */
final class ScriptSteps {
  private ScriptSteps() {}

  /** A statement as a flow writes it. */
  private record Written(String text, @Nullable Object params) {}

  static ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    try (Session session = Database.of(context).session(context, null)) {
      Statements statements = new Statements(session);
      List<@Nullable Object> results = new ArrayList<>();
      String name =
          config.has("statements") ? "statements" : config.has("file") ? "file" : "statement";
      List<Written> all = written(context);
      for (int i = 0; i < all.size(); i++) {
        Part what =
            name.equals("statements")
                ? Part.ofStatements(config.list(name), i)
                : Part.of("\"" + name + "\"", name);
        Sql sql = statements.bind(all.get(i).text(), all.get(i).params(), what.words());
        results.add(result(statements.run(sql, what)));
      }
      session.complete();
      return ActionResult.of("executed", (long) results.size()).with("results", results);
    }
  }

  static ActionResult transaction(ActionContext context)
      throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    try (Session session = Database.of(context).session(context, null)) {
      Statements statements = new Statements(session);
      List<Sql> all = new ArrayList<>();
      for (Written written : written(context)) {
        String what = "statements[" + all.size() + "]";
        StatementChecks.refuseEnd(written.text(), what);
        all.add(statements.bind(written.text(), written.params(), what));
      }
      String isolation = config.optionalText("isolation").orElse(null);
      List<@Nullable Object> results = new ArrayList<>();
      for (Outcome outcome :
          Transaction.all(
              session,
              isolation,
              all,
              index -> Part.ofStatements(config.list("statements"), index))) {
        results.add(result(outcome));
      }
      return ActionResult.of("committed", true).with("results", results);
    }
  }

  private static Map<String, @Nullable Object> result(Outcome outcome) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("rowCount", outcome.rowCount());
    result.put("rows", outcome.rows());
    return result;
  }

  /** The statements of the configuration: a file is split at its semicolons. */
  private static List<Written> written(ActionContext context) throws ActionException {
    ActionConfig config = context.config();
    List<Written> all = new ArrayList<>();
    if (config.value("statement") instanceof String text) {
      all.add(new Written(text, config.value("params")));
    } else if (config.value("file") instanceof String file) {
      for (String statement : new SqlScanner(read(context.resolve(file), file)).statements()) {
        all.add(new Written(statement, null));
      }
    } else {
      for (Object item : config.list("statements")) {
        all.add(
            item instanceof Map<?, ?> map
                ? new Written(String.valueOf(map.get("query")), map.get("params"))
                : new Written(String.valueOf(item), null));
      }
    }
    if (all.isEmpty()) {
      throw new ActionException(ActionException.INVALID_VALUE, "there is no statement to run");
    }
    return all;
  }

  private static String read(Path path, String name) throws ActionException {
    try {
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw new ActionException("encoding", "\"file\" is not UTF-8: " + name, e)
          .hint("save it as UTF-8")
          .at("file");
    } catch (IOException e) {
      throw new ActionException("file_not_found", "\"file\" cannot be read: " + name, e)
          .hint("a path is seen from the flow's folder")
          .at("file");
    }
  }
}

package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds before anything runs what is wrong with statements, as far as they are written out. Safe
 * for use by several threads.
 */
final class StatementChecks {
  private static final Set<String> ENDING = Set.of("BEGIN", "START", "COMMIT", "END", "ABORT");
  private static final String ROLLBACK = "ROLLBACK";

  /** The last statement that was right; the rows of a table have the same one. */
  private volatile Sound sound = new Sound("", 0);

  /**
   * A statement that was right.
   *
   * @param values how many values in a list it had; -1 for none
   */
  private record Sound(String text, int values) {}

  /** Checks the keys that any of the actions has. */
  void check(ConfigCheck config) {
    checkOne(config, "query", "params");
    checkOne(config, "statement", "params");
    checkOne(config, "where", config.has("whereParams") ? "whereParams" : "params");
    if (config.value("statements") instanceof List<?> statements) {
      for (int i = 0; i < statements.size(); i++) {
        checkItem(config, statements.get(i), i);
      }
    }
  }

  private void checkOne(ConfigCheck config, String key, String paramsKey) {
    Object text = config.value(key);
    Object params = config.value(paramsKey);
    if (text instanceof String sql
        && !isSound(sql, params)
        && config.isFixed(sql)
        && hasFixedShape(config, params)) {
      ActionException fault = fault(sql, params, "\"" + key + "\"");
      if (fault == null) {
        sound = params instanceof Map ? sound : new Sound(sql, count(params));
      } else {
        config.reject(key, String.valueOf(fault.getMessage()), fault.hint().orElse(null));
      }
    }
  }

  private boolean isSound(String text, @Nullable Object params) {
    Sound last = sound;
    return !(params instanceof Map) && last.values() == count(params) && last.text().equals(text);
  }

  private static int count(@Nullable Object params) {
    return params instanceof List<?> list ? list.size() : -1;
  }

  private static void checkItem(ConfigCheck config, @Nullable Object item, int index) {
    Object text = item instanceof Map<?, ?> map ? map.get("query") : item;
    Object params = item instanceof Map<?, ?> map ? map.get("params") : null;
    if (text instanceof String sql && config.isFixed(sql) && hasFixedShape(config, params)) {
      ActionException fault = fault(sql, params, "statements[" + index + "]");
      if (fault != null) {
        config.reject(
            List.of("statements", index),
            String.valueOf(fault.getMessage()),
            fault.hint().orElse(null));
      }
    }
  }

  /** Whether it is known how many values there will be: a placeholder may become a list. */
  private static boolean hasFixedShape(ConfigCheck config, @Nullable Object params) {
    return !(params instanceof String) || config.isFixed(params);
  }

  private static @Nullable ActionException fault(String sql, @Nullable Object params, String what) {
    try {
      if (new SqlScanner(sql).statements().isEmpty()) {
        return new ActionException(ActionException.INVALID_VALUE, what + " has no statement in it");
      }
      SqlText.of(sql).addTo(new SqlBuilder(true), params, what);
      return null;
    } catch (ActionException e) {
      return e;
    }
  }

  /**
   * Makes sure that a text does not end the transaction that it stands in.
   *
   * @throws ActionException code {@code invalid_value}
   */
  static void refuseEnd(String text, String what) throws ActionException {
    for (String statement : new SqlScanner(text).statements()) {
      String word = SqlScanner.word(statement, 0);
      boolean isPartial = word.equals(ROLLBACK) && isToSavepoint(statement);
      if (ENDING.contains(word) || word.equals(ROLLBACK) && !isPartial) {
        throw new ActionException(
                ActionException.INVALID_VALUE,
                what + " says " + word + ", and the step is one transaction by itself")
            .hint("leave it out; SAVEPOINT and ROLLBACK TO work");
      }
    }
  }

  private static boolean isToSavepoint(String statement) {
    List<String> words = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      words.add(SqlScanner.word(statement, i));
    }
    return words.contains("TO");
  }
}

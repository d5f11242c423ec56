package io.testmesh.integrations.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells which statements leave something in the session that ran them. */
final class SessionState {
  private static final Set<String> STAYING =
      Set.of("SET", "RESET", "LISTEN", "PREPARE", "DECLARE", "LOAD", "PRAGMA", "USE", "ATTACH");
  private static final List<String> FUNCTIONS = List.of("SET_CONFIG", "PG_ADVISORY_LOCK", " TEMP");

  private SessionState() {}

  /**
   * Whether the next step that got the session would notice. Says so too often, not too rarely.
   *
   * @param statements those of the text
   */
  static boolean isTouchedBy(String text, List<String> statements) {
    String upper = text.toUpperCase(Locale.ROOT);
    for (String part : FUNCTIONS) {
      if (upper.contains(part)) {
        return true;
      }
    }
    for (String statement : statements) {
      if (STAYING.contains(SqlScanner.firstWord(statement))) {
        return true;
      }
    }
    return false;
  }
}

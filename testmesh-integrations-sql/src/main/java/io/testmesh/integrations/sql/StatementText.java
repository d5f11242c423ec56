package io.testmesh.integrations.sql;

import java.util.List;
import java.util.Set;

/**
 * What is to be known of a statement before it is run, found out once. Immutable.
 *
 * @param text with its parameters
 * @param isEmpty whether there is no statement in it
 * @param isChanging whether its rows are those that it changed
 * @param staysInSession whether the next step that got the session would notice it
 */
record StatementText(SqlText text, boolean isEmpty, boolean isChanging, boolean staysInSession) {
  private static final Set<String> CHANGING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

  /** Looks at a text. */
  static StatementText of(String written) {
    SqlScanner scanner = new SqlScanner(written);
    List<String> statements = scanner.statements();
    return new StatementText(
        new SqlText(written, scanner.tokens()),
        statements.isEmpty(),
        CHANGING.contains(SqlScanner.firstWord(written)),
        SessionState.isTouchedBy(written, statements));
  }
}

package io.testmesh.integrations.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a statement for a driver, and knows where the server gets something else than what was
 * written. Belongs to one thread.
 */
final class SqlBuilder {
  private final boolean isPostgres;
  private final StringBuilder jdbc = new StringBuilder();
  private final StringBuilder written = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();
  private final List<Sql.Replacement> replacements = new ArrayList<>();

  SqlBuilder(boolean isPostgres) {
    this.isPostgres = isPostgres;
  }

  /** Adds text as it is. */
  SqlBuilder text(String text) {
    return text(text, 0, text.length());
  }

  /** Adds a part of a text as it is. */
  SqlBuilder text(String text, int start, int end) {
    jdbc.append(text, start, end);
    written.append(text, start, end);
    return this;
  }

  /** Adds a question mark that is an operator's, however it is written. */
  void operator(String mark) {
    jdbc.append(isPostgres ? "??" : "?");
    replacements.add(new Sql.Replacement(written.length(), mark.length(), 1));
    written.append(mark);
  }

  /**
   * Adds a parameter with its value. The driver numbers its parameters for the server.
   *
   * @param token how it is written
   */
  SqlBuilder parameter(@Nullable Object value, String token) {
    values.add(value);
    jdbc.append('?');
    int digits = values.size() < 10 ? 1 : String.valueOf(values.size()).length();
    replacements.add(new Sql.Replacement(written.length(), token.length(), 1 + digits));
    written.append(token);
    return this;
  }

  /** Adds a parameter that no flow wrote. */
  SqlBuilder parameter(@Nullable Object value) {
    return parameter(value, "$" + (values.size() + 1));
  }

  /** The finished statement. */
  Sql build() {
    return new Sql(jdbc.toString(), values, written.toString(), replacements);
  }
}

package io.testmesh.integrations.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a statement for a driver, and knows for each character that the server gets where it was
 * written. Belongs to one thread.
 */
final class SqlBuilder {
  private final boolean isPostgres;
  private final StringBuilder jdbc = new StringBuilder();
  private final StringBuilder written = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();

  /** By the characters that the server gets: the place in what was written. */
  private int[] origins = new int[64];

  private int sent;

  SqlBuilder(boolean isPostgres) {
    this.isPostgres = isPostgres;
  }

  /** Adds text as it is. */
  SqlBuilder text(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      jdbc.append(text.charAt(i));
      origin(written.length());
      written.append(text.charAt(i));
    }
    return this;
  }

  /** Adds a question mark that is an operator's, however it is written. */
  void operator(String mark) {
    jdbc.append(isPostgres ? "??" : "?");
    origin(written.length());
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
    for (int i = String.valueOf(values.size()).length(); i >= 0; i--) {
      origin(written.length());
    }
    written.append(token);
    return this;
  }

  /** Adds a parameter that no flow wrote. */
  SqlBuilder parameter(@Nullable Object value) {
    return parameter(value, "$" + (values.size() + 1));
  }

  private void origin(int place) {
    if (sent == origins.length) {
      origins = Arrays.copyOf(origins, sent * 2);
    }
    origins[sent++] = place;
  }

  /** The finished statement. */
  Sql build() {
    return new Sql(jdbc.toString(), values, written.toString(), Arrays.copyOf(origins, sent));
  }
}

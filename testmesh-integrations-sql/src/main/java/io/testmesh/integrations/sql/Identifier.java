package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of tables and columns. Always quoted, so that a name means the one that is spelt exactly
 * like it, and nothing in it is a statement.
 */
final class Identifier {
  private static final int LONGEST_BYTES = 63;

  private Identifier() {}

  /**
   * A name as a statement takes it.
   *
   * @param key the configuration's key, for messages
   * @throws ActionException code {@code invalid_value} when it can be no name
   */
  static String quoted(String name, String key) throws ActionException {
    if (name.isBlank() || name.indexOf('\0') >= 0) {
      throw invalid(key, name, "it is empty, or has a character that no name may have", "");
    }
    int bytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_BYTES) {
      throw invalid(
          key, name, "names have " + LONGEST_BYTES + " bytes at most, and this one " + bytes, "");
    }
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * The name of a table, which may have its schema before it: {@code orders}, {@code sales.orders},
   * or with quotes, as psql takes it, where a dot belongs to a name: {@code sales."a.b"}.
   */
  static String quotedTable(String name, String key) throws ActionException {
    List<String> parts = parts(name, key);
    if (parts.size() > 2) {
      throw invalid(key, name, "it has " + parts.size() + " parts", "table, or schema.table");
    }
    List<String> quoted = new ArrayList<>();
    for (String part : parts) {
      quoted.add(quoted(part, key));
    }
    return String.join(".", quoted);
  }

  /** The parts of a table's name, without quotes. */
  static List<String> parts(String name, String key) throws ActionException {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"') {
        boolean isDoubled = isQuoted && i + 1 < name.length() && name.charAt(i + 1) == '"';
        if (isDoubled) {
          part.append(c);
          i++;
        } else {
          isQuoted = !isQuoted;
        }
      } else if (c == '.' && !isQuoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    if (isQuoted) {
      throw invalid(key, name, "a quote is not closed", "");
    }
    parts.add(part.toString());
    return parts;
  }

  private static ActionException invalid(String key, String name, String why, String hint) {
    ActionException e =
        new ActionException(
            ActionException.INVALID_VALUE,
            "\"" + key + "\" can be no name: \"" + name + "\": " + why);
    return hint.isEmpty() ? e : e.hint(hint);
  }
}

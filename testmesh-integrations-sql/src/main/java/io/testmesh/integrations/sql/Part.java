package io.testmesh.integrations.sql;

import java.util.List;
import java.util.Map;

/**
 * A statement of a step as people know it. Immutable.
 *
 * @param words how it is called in messages, such as {@code statements[1]}
 * @param path the keys and indexes of the configuration that lead to it; empty when it is made of
 *     several keys
 */
record Part(String words, List<Object> path) {

  static Part of(String words, Object... path) {
    return new Part(words, List.of(path));
  }

  /**
   * One of several.
   *
   * @param statements as they are in the configuration
   */
  static Part ofStatements(List<?> statements, int index) {
    String words = "statements[" + index + "]";
    return statements.get(index) instanceof Map
        ? of(words, "statements", index, "query")
        : of(words, "statements", index);
  }
}

package io.testmesh.plugin.json;

import java.util.Objects;

/**
 * What is wrong with a JSON text, and where.
 *
 * @param kind what sort of fault
 * @param message what was found, without the place
 * @param line from 1
 * @param column from 1
 */
public record JsonFault(Kind kind, String message, int line, int column) {

  /** What sort of fault. */
  public enum Kind {
    /** No JSON. */
    SYNTAX,
    /** Not UTF-8, or half a character. */
    ENCODING,
    /** Larger, deeper or with longer numbers than anybody needs. */
    LIMIT,
    /** A key that is there twice. */
    DUPLICATE
  }

  /** Checks that the parts are present. */
  public JsonFault {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
  }

  /** The place as people write it: {@code 3:14}. */
  public String place() {
    return line + ":" + column;
  }
}

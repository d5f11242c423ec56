package io.testmesh.action;

import org.jspecify.annotations.Nullable;

/**
 * Converts between JSON text and JSON-like values without losing digits. Safe for use by several
 * threads.
 *
 * @since 0.1
 */
public interface JsonFormat {

  /**
   * Reads one JSON value: whole numbers as Long or BigInteger, others as Double where that is
   * exact, else as BigDecimal.
   *
   * @throws ActionException code {@code invalid_value}, with line and column in the message
   */
  @Nullable Object parse(String text) throws ActionException;

  /** Writes a JSON-like value without spaces between its parts. */
  String render(@Nullable Object value);
}

package io.testmesh.cli;

import org.jspecify.annotations.Nullable;

/**
 * An option of a command.
 *
 * @param name with its dashes, {@code --tags}
 * @param letter the short form without dash, or 0
 * @param value what it takes, as the help calls it; null for a switch
 * @param repeatable whether it may be given several times
 */
record Option(String name, char letter, @Nullable String value, boolean repeatable) {

  /** An option without a value. */
  static Option flag(String name, char letter) {
    return new Option(name, letter, null, true);
  }

  /** An option with a value, given once. */
  static Option once(String name, String value) {
    return new Option(name, '\0', value, false);
  }

  /** An option with a value that may be given several times. */
  static Option many(String name, String value) {
    return new Option(name, '\0', value, true);
  }
}

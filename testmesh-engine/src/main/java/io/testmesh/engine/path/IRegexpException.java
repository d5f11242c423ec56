package io.testmesh.engine.path;

/** A text that is no I-Regexp. */
final class IRegexpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int at;

  /** What is wrong, and at which UTF-16 unit of the pattern. */
  IRegexpException(String message, int at) {
    super(message, null, false, false);
    this.at = at;
  }

  int at() {
    return at;
  }
}

package io.testmesh.result;

/**
 * How a flow, a step or an attempt ended.
 *
 * @since 0.1
 */
public enum Status {
  /** All that was asked for holds. */
  PASSED("passed"),
  /** An assertion, an action, an expression or a time-out failed. */
  FAILED("failed"),
  /** It could not be run: a plugin that does not start, an internal error. */
  ERROR("error"),
  /** It did not run, and that was meant or follows from an earlier failure. */
  SKIPPED("skipped"),
  /** It was stopped from outside. */
  CANCELLED("cancelled");

  private final String key;

  Status(String key) {
    this.key = key;
  }

  /** The status as reports write it. */
  public String key() {
    return key;
  }
}

package io.testmesh.result;

/**
 * How a run ended. The order is that of the exit codes: the first that applies is the run's status.
 *
 * @since 0.1
 */
public enum RunStatus {
  /** The run was stopped from outside. */
  CANCELLED("cancelled", 130),
  /** A flow could not be run, or a report could not be written. */
  ERROR("error", 4),
  /** A file could not be loaded or did not pass the checks. */
  INVALID("invalid", 3),
  /** A flow failed. */
  FAILED("failed", 1),
  /** Nothing was selected, or every flow was skipped. */
  EMPTY("empty", 5),
  /** Every selected flow passed. */
  PASSED("passed", 0);

  private final String key;
  private final int exitCode;

  RunStatus(String key, int exitCode) {
    this.key = key;
    this.exitCode = exitCode;
  }

  /** The status as reports write it. */
  public String key() {
    return key;
  }

  /** The exit code of a command line that ran this. */
  public int exitCode() {
    return exitCode;
  }
}

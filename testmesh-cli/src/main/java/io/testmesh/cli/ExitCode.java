package io.testmesh.cli;

/** Exit codes of commands that make no run; a run's code is that of its status. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int WRONG_USE = 2;
  static final int INVALID = 3;
  static final int ERROR = 4;
  static final int EMPTY = 5;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}

package io.testmesh.engine.path;

/** A query that would take too long for the data that it is given; its message is for people. */
public final class PathLimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PathLimitException(String message) {
    super(message, null, false, false);
  }
}

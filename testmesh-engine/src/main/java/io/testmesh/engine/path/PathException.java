package io.testmesh.engine.path;

/** A path that is not well-formed or not valid (RFC 9535, 2.1). */
public final class PathException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int start;
  private final int end;

  /** What is wrong, and the UTF-16 units of the path from start to end that are. */
  public PathException(String message, int start, int end) {
    super(message, null, false, false);
    this.start = start;
    this.end = end;
  }

  /** The first wrong unit, counted from 0 in the text that was parsed. */
  public int start() {
    return start;
  }

  /** The unit after the last wrong one; greater than {@link #start()} unless at the end. */
  public int end() {
    return end;
  }
}

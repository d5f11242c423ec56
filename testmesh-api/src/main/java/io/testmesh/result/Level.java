package io.testmesh.result;

/**
 * How important a log entry is.
 *
 * @since 0.1
 */
public enum Level {
  /** For finding errors. */
  DEBUG("debug"),
  /** Worth knowing. */
  INFO("info"),
  /** Possibly wrong. */
  WARN("warn"),
  /** Wrong. */
  ERROR("error");

  private final String key;

  Level(String key) {
    this.key = key;
  }

  /** The level as flows and reports write it. */
  public String key() {
    return key;
  }
}

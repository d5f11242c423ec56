package io.testmesh.flow;

/**
 * The part of a flow that a step belongs to.
 *
 * @since 0.1
 */
public enum Phase {
  /** Before the steps; its first failure skips the steps. */
  SETUP("setup"),
  /** The test itself. */
  STEPS("steps"),
  /** Always runs, whatever happened before. */
  TEARDOWN("teardown");

  private final String key;

  Phase(String key) {
    this.key = key;
  }

  /** The phase's key in a flow file and in reports. */
  public String key() {
    return key;
  }
}

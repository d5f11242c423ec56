package io.testmesh.flow;

/**
 * What a step's failure means for its flow.
 *
 * @since 0.1
 */
public enum OnError {
  /** The phase stops and the flow fails. */
  FAIL,
  /** The failure is recorded as tolerated and the flow goes on. */
  CONTINUE,
  /**
   * The step is tried again by its own or the flow's {@code retry}, and fails when the last attempt
   * does. Said of time-outs alone, or of all but time-outs, no other failure is repeated.
   */
  RETRY
}

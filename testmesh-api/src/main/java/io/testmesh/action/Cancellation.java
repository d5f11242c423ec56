package io.testmesh.action;

/**
 * Tells a running attempt that it is to stop. The thread of the attempt is interrupted as well.
 * Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Cancellation {

  /** Whether the attempt is to stop. */
  boolean isCancelled();

  /**
   * Registers what ends a wait that does not react to interruption, such as closing a socket. Runs
   * at most once, on another thread, at once when the attempt is already to stop; must not block.
   *
   * @return takes the registration back; to be closed when the wait is over
   */
  Registration onCancel(Runnable reaction);

  /** A registration that can be taken back. */
  interface Registration extends AutoCloseable {
    /** Takes the registration back; waits for a reaction that is just running. */
    @Override
    void close();
  }
}

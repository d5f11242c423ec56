package io.testmesh.engine.run;

/** Waits for threads. */
final class Threads {
  private Threads() {}

  /**
   * Waits until the thread is gone, unless it is the calling one.
   *
   * @return whether the calling thread was interrupted meanwhile; its flag is then not set
   */
  static boolean join(Thread thread) {
    boolean interrupted = false;
    while (thread != Thread.currentThread() && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }
}

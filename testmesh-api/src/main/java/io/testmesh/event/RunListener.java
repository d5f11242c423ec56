package io.testmesh.event;

/**
 * Watches runs. Called by several threads at once, in order for each flow; the run waits for the
 * call, so it should be short. What a listener throws is logged and changes nothing.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RunListener {

  /** Takes note of an event. */
  void on(RunEvent event);
}

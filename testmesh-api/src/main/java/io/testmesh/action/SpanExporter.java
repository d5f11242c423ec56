package io.testmesh.action;

import java.util.List;

/**
 * Takes the spans of runs, such as to send them to a collector. Called by several threads at once.
 *
 * @since 0.1
 */
public interface SpanExporter {

  /**
   * Hands spans over; returns when they are on their way or delivered.
   *
   * @param deadline when it has to be over
   * @throws ActionException when they are lost; the flow is then warned
   * @throws InterruptedException when the caller was stopped while it waited
   */
  void export(List<FinishedSpan> spans, Deadline deadline)
      throws ActionException, InterruptedException;
}

package io.testmesh.report;

import io.testmesh.event.RunEvent;
import io.testmesh.result.FlowResult;
import io.testmesh.result.StepResult;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON records of steps, made once for all reports of a run that embed them. For use by one
 * thread, which brings an event to all reports before the next one.
 */
final class StepRecords implements Closeable {
  /** How much is kept of flows that go on; what does not fit is written a second time. */
  private static final int MOST_KEPT = 8 << 20;

  private final JsonOutput step = JsonOutput.inMemory();
  private final Spool steps = new Spool();
  private final JsonOutput toSteps = JsonOutput.to(steps);

  /** The flow whose steps are in the spool. */
  private @Nullable FlowResult recorded;

  /**
   * The records of the steps of flows that go on, by the flow's index; a step equals itself only.
   */
  private final Map<Integer, Map<StepResult, byte[]>> kept = new HashMap<>();

  private int keptBytes;
  private boolean keeps;

  /** Says that a report will want the steps of each flow when the flow ended. */
  void keepSteps() {
    keeps = true;
  }

  /** Forgets what is not needed after an event. */
  void forget(RunEvent event) {
    if (event instanceof RunEvent.FlowFinished finished) {
      recorded = null;
      Map<StepResult, byte[]> records = kept.remove(finished.flow().index());
      if (records != null) {
        for (byte[] fields : records.values()) {
          keptBytes -= fields.length;
        }
      }
    }
  }

  /** The fields of a step that just ended, without the steps inside of it. */
  byte[] step(RunEvent.StepFinished event) throws IOException {
    step.clear();
    new JsonRecords(step).step(event.step());
    byte[] fields = step.copy();
    if (keeps && keptBytes + fields.length <= MOST_KEPT) {
      Map<StepResult, byte[]> ofFlow = kept.get(event.flow());
      if (ofFlow == null) {
        ofFlow = new HashMap<>();
        kept.put(event.flow(), ofFlow);
      }
      ofFlow.put(event.step(), fields);
      keptBytes += fields.length;
    }
    return fields;
  }

  /** The field {@code steps} of a flow that just ended; valid until the next event. */
  Spool steps(FlowResult flow) throws IOException {
    if (recorded != flow) {
      recorded = null;
      steps.clear();
      toSteps.clear();
      new JsonRecords(toSteps).steps(flow.steps(), kept.getOrDefault(flow.index(), Map.of()));
      toSteps.flush();
      recorded = flow;
    }
    return steps;
  }

  /** Gives back what is held; may be called several times. */
  @Override
  public void close() throws IOException {
    steps.close();
  }
}

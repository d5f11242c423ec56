package io.testmesh.engine.run;

import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import io.testmesh.result.StepCounts;
import io.testmesh.result.StepResult;
import java.util.List;

/** Counts steps; rounds and branches are none. */
final class Counting {
  private Counting() {}

  /** The counts of the steps in a tree of results. */
  static StepCounts of(List<ResultNode> results) {
    int ran = 0;
    int skipped = 0;
    int tolerated = 0;
    for (ResultNode node : results) {
      if (node instanceof StepResult step) {
        boolean off = step.status() == Status.SKIPPED;
        ran += off ? 0 : 1;
        skipped += off ? 1 : 0;
        tolerated += step.isTolerated() ? 1 : 0;
      }
      if (!node.children().isEmpty()) {
        StepCounts inner = of(node.children());
        ran += inner.ran();
        skipped += inner.skipped();
        tolerated += inner.tolerated();
      }
    }
    return new StepCounts(ran, skipped, tolerated);
  }
}

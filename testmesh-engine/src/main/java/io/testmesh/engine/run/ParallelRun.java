package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedAction;
import io.testmesh.engine.check.CheckedAction.Branch;
import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.engine.scope.StepValues;
import io.testmesh.result.GroupResult;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of {@code parallel}: its branches side by side. */
final class ParallelRun {
  private final BlockRun block;
  private final CheckedAction.Parallel parallel;
  private final boolean failFast;
  private final boolean waitForAll;
  private final FlowScope[] scopes;
  private final @Nullable BlockEnd[] ends;

  ParallelRun(BlockRun block, CheckedAction.Parallel parallel) {
    this.block = block;
    this.parallel = parallel;
    this.failFast = block.config().bool("fail_fast");
    this.waitForAll = block.config().bool("wait_for_all");
    int count = parallel.branches().size();
    this.scopes = new FlowScope[count];
    this.ends = new BlockEnd[count];
    for (int i = 0; i < count; i++) {
      scopes[i] = block.scope().nested(Map.of());
    }
  }

  BlockEnd run() {
    BlockEnd invalid = block.negative("max_concurrent");
    if (invalid != null) {
      return invalid;
    }
    String stopped =
        new SideBySide(block.flow(), block.worker(), ends.length, this::runBranch)
            .run(block.atOnce());
    return end(stopped == null ? "the steps were stopped" : stopped);
  }

  private SideBySide.Next runBranch(int index, Worker worker) {
    Branch branch = parallel.branches().get(index);
    BlockEnd end = block.runSteps(branch.steps(), scopes[index], worker, block.inside());
    synchronized (ends) {
      ends[index] = end;
    }
    boolean passed = end.status() == Status.PASSED;
    if (passed ? waitForAll : !failFast) {
      return SideBySide.Next.GO_ON;
    }
    String kind = parallel.named() ? "the branch \"" : "the step \"";
    return SideBySide.Next.stop(
        passed
            ? kind + branch.id() + "\" passed first, and \"wait_for_all\" is false"
            : kind + branch.id() + "\" failed, and \"fail_fast\" stops the others");
  }

  private BlockEnd end(String stopped) {
    List<ResultNode> records = new ArrayList<>();
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    BlockEnd worst = null;
    boolean passed = false;
    for (int i = 0; i < ends.length; i++) {
      Branch branch = parallel.branches().get(i);
      BlockEnd end = ends[i];
      records.addAll(record(branch, end, stopped));
      block.scope().addAll(scopes[i]);
      addResult(branch, scopes[i], result);
      passed |= end != null && end.status() == Status.PASSED;
      if (end != null && end.status() != Status.PASSED) {
        worst = BlockRun.worse(worst, end);
      }
    }
    if (worst == null || passed && !waitForAll && isOnlyStopped(worst)) {
      return BlockEnd.passed(result, records);
    }
    return worst.with(result, records);
  }

  /** Whether the end is that of a branch that another one stopped, and not the whole. */
  private boolean isOnlyStopped(BlockEnd end) {
    return end.status() == Status.CANCELLED
        && block.flow().control().stopReason(block.worker()) == null;
  }

  private List<ResultNode> record(Branch branch, @Nullable BlockEnd end, String stopped) {
    Status status = end == null ? Status.SKIPPED : end.status();
    List<ResultNode> steps = end == null ? skipped(branch, stopped) : end.children();
    return parallel.named()
        ? List.of(new GroupResult(branch.id(), -1, status, false, steps))
        : steps;
  }

  private List<ResultNode> skipped(Branch branch, String reason) {
    StepLoop loop = new StepLoop(block.flow(), block.worker());
    List<ResultNode> skipped = new ArrayList<>();
    for (CheckedStep step : branch.steps()) {
      skipped.add(loop.skip(step, reason, block.inside()));
    }
    return skipped;
  }

  private void addResult(Branch branch, FlowScope scope, Map<String, @Nullable Object> result) {
    if (parallel.named()) {
      result.put(branch.id(), new StepValues(scope.outputs(), scope.steps()));
      return;
    }
    Object values = scope.steps().get(branch.id());
    if (values != null) {
      result.put(branch.id(), values);
    }
  }
}

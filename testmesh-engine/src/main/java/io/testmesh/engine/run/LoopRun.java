package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedAction;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.result.Failure;
import io.testmesh.result.GroupResult;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of {@code for_each}: its rounds, one after the other or side by side. */
final class LoopRun {
  private final BlockRun block;
  private final CheckedAction.ForEach loop;
  private final boolean continueOnError;
  private final List<@Nullable Round> rounds = new ArrayList<>();

  LoopRun(BlockRun block, CheckedAction.ForEach loop) {
    this.block = block;
    this.loop = loop;
    this.continueOnError = block.config().bool("continue_on_error");
  }

  /**
   * A round that ran.
   *
   * @param scope what its steps gave
   * @param record its record
   * @param end how it ended
   */
  private record Round(FlowScope scope, GroupResult record, BlockEnd end) {}

  BlockEnd run() {
    for (String key : List.of("max_concurrent", "max_iterations")) {
      BlockEnd invalid = block.negative(key);
      if (invalid != null) {
        return invalid;
      }
    }
    LoopItems items = LoopItems.of(block);
    if (items.failure() != null) {
      return items.failure();
    }
    int count = items.count();
    if (count == 0 && loop.asserts() && !block.config().bool("allow_empty")) {
      return block.invalid(
          "nothing_asserted",
          items.words() + ": the assertions of the steps were never looked at",
          "\"allow_empty: true\" says that this is meant");
    }
    Long most = (Long) block.config().value("max_iterations");
    if (most != null && count > most) {
      return block.invalid(
          "action_failed",
          "there are " + count + " items, and \"max_iterations\" allows " + most,
          null);
    }
    for (int i = 0; i < count; i++) {
      rounds.add(null);
    }
    if (block.config().bool("parallel")) {
      runSideBySide(items, block.atOnce());
    } else {
      runInOrder(items);
    }
    return end(items);
  }

  private void runInOrder(LoopItems items) {
    for (int i = 0; i < items.count(); i++) {
      if (!runRound(items, i, block.worker())) {
        return;
      }
    }
  }

  /** Rounds that run when another one fails come to their end; no further ones begin. */
  private void runSideBySide(LoopItems items, long atOnce) {
    SideBySide rounds =
        new SideBySide(
            block.flow(),
            block.worker(),
            items.count(),
            (i, worker) ->
                runRound(items, i, worker) ? SideBySide.Next.GO_ON : SideBySide.Next.BEGIN_NO_MORE);
    rounds.run(atOnce);
  }

  /** Runs a round; tells whether others may begin. */
  private boolean runRound(LoopItems items, int index, Worker worker) {
    Map<String, @Nullable Object> names = new LinkedHashMap<>();
    names.put(loop.itemName(), items.item(index));
    names.put(loop.indexName(), (long) index);
    FlowScope scope = block.scope().nested(names);
    BlockEnd end =
        block.runSteps(loop.nested(), scope, worker, block.inside().tolerating(continueOnError));
    boolean tolerated =
        continueOnError
            && end.status() == Status.FAILED
            && !block.limit().isOver()
            && StepLoop.firstFailure(end.children()) == null;
    GroupResult record = new GroupResult(null, index, end.status(), tolerated, end.children());
    synchronized (rounds) {
      rounds.set(index, new Round(scope, record, end));
    }
    return end.status() == Status.PASSED || tolerated;
  }

  private BlockEnd end(LoopItems items) {
    List<ResultNode> records = new ArrayList<>();
    List<@Nullable Object> results = new ArrayList<>();
    Round last = null;
    BlockEnd worst = null;
    for (Round round : rounds) {
      if (round != null) {
        last = round;
        records.add(round.record);
        results.add(result(round, items));
        if (round.end.status() != Status.PASSED && !round.record.tolerated()) {
          worst = BlockRun.worse(worst, named(round, items));
        }
      }
    }
    if (last != null) {
      block.scope().addAll(last.scope);
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("items_processed", (long) records.size());
    result.put("results", results);
    return worst == null ? BlockEnd.passed(result, records) : worst.with(result, records);
  }

  /** The end of a round whose failure says which round it was; of loops in loops, the inner one. */
  private BlockEnd named(Round round, LoopItems items) {
    BlockEnd end = round.end;
    if (end.failure() == null || end.failure().details().containsKey("round")) {
      return end;
    }
    int index = round.record.index();
    Object item = block.flow().failures().detail(items.item(index));
    Failure failure =
        end.failure().toBuilder().detail("round", (long) index).detail("item", item).build();
    return new BlockEnd(end.status(), failure, end.result(), end.children());
  }

  private static Map<String, @Nullable Object> result(Round round, LoopItems items) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("index", (long) round.record.index());
    result.put("item", items.item(round.record.index()));
    result.put("status", round.record.status().key());
    result.put("outputs", round.scope.outputs());
    return result;
  }
}

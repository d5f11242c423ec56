package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedAction;
import io.testmesh.engine.check.CompiledAssertion;
import io.testmesh.engine.check.CompiledExpression;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.engine.value.Durations;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.Failure;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of {@code wait_until}: repeats its steps until the condition holds. */
final class WaitRun {
  private final BlockRun block;
  private final CheckedAction.WaitUntil wait;
  private final CompiledExpression condition;
  private final Duration interval;
  private final Limit longest;
  private final boolean goesOn;
  private long attempts;
  private String last = "";

  /** What the last look at the condition saw; empty when the steps before it failed. */
  private List<AssertionResult> looks = List.of();

  WaitRun(BlockRun block, CheckedAction.WaitUntil wait) {
    this.wait = wait;
    this.condition = (CompiledExpression) block.config().expression("condition");
    this.interval = block.config().duration("interval");
    this.longest = Limit.after(block.config().duration("max_duration"), Limit.Owner.WAIT);
    this.goesOn = block.config().text("on_timeout").equals("continue");
    // Its steps are bounded by what is over first.
    this.block =
        new BlockRun(
            block.flow(),
            block.worker(),
            block.step(),
            block.config(),
            block.scope(),
            longest.earlier(block.limit()),
            block.inside().tolerating(goesOn),
            block.assertions());
  }

  BlockEnd run() {
    StepLoop loop = new StepLoop(block.flow(), block.worker());
    while (true) {
      attempts++;
      FlowScope scope = block.scope().nested(Map.of());
      BlockEnd end = block.runSteps(wait.nested(), scope, block.worker(), block.inside());
      boolean met = end.status() == Status.PASSED && holds(scope);
      boolean isLast =
          met
              || end.status() == Status.ERROR
              || block.isStopped(block.worker())
              || block.limit().isOver()
              || !loop.pause(interval, block.limit());
      // A look that the end of the time cut short tells less than the one before it.
      boolean cut = attempts > 1 && end.isTimeout() && block.limit().isOver();
      if (end.failure() != null && !cut) {
        last = end.failure().message();
        looks = List.of();
      }
      if (isLast) {
        block.scope().addAll(scope);
        return end(met, end);
      }
    }
  }

  /** Whether the condition holds; one that cannot be evaluated yet does not. */
  private boolean holds(FlowScope scope) {
    CompiledAssertion asserted = condition.asAssertion();
    if (asserted != null) {
      AssertionCheck look = new AssertionCheck(block.step(), block.flow().masking());
      looks = look.check(List.of(asserted), scope);
      AssertionResult seen = looks.get(0);
      last = seen.problem() == null ? AssertionCheck.seen(seen) : seen.problem();
      return seen.passed();
    }
    try {
      return BlockRun.isTrue(condition, scope);
    } catch (ExpressionException e) {
      last = Failures.words(e);
      return false;
    }
  }

  private BlockEnd end(boolean met, BlockEnd end) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("met", met);
    result.put("attempts", attempts);
    List<ResultNode> records = end.children();
    if (met) {
      block.assertions().record(looks);
      return BlockEnd.passed(result, records);
    }
    if (end.status() == Status.ERROR) {
      return end.with(result, records);
    }
    if (block.isStopped(block.worker())) {
      return block.stopped(block.worker()).with(result, records);
    }
    if (!longest.isOver()) {
      return block.late().with(result, records);
    }
    if (goesOn) {
      return BlockEnd.passed(result, records);
    }
    block.assertions().record(looks);
    return BlockEnd.failed(tooLate(), result, records);
  }

  private Failure tooLate() {
    Failure.Builder failure =
        block
            .flow()
            .failures()
            .at(
                "timeout",
                "the condition did not hold within "
                    + Durations.render(longest.length())
                    + ": "
                    + condition.source()
                    + (last.isEmpty() ? "" : " (" + last + ")"),
                block.step());
    return failure
        .detail("attempts", attempts)
        .detail("timeout_ms", longest.length().toMillis())
        .build();
  }
}

package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedAction;
import io.testmesh.engine.check.InputFile;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Input;
import io.testmesh.result.FlowResult;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of {@code run_flow}. */
final class CallRun {
  private final BlockRun block;
  private final CheckedAction.RunFlow call;

  CallRun(BlockRun block, CheckedAction.RunFlow call) {
    this.block = block;
    this.call = call;
  }

  BlockEnd run() {
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    String file = block.config().optionalText("input_file").orElse(null);
    if (file != null) {
      try {
        input.putAll(InputFile.read(block.flow().folder().resolve(file)));
      } catch (IOException e) {
        return block.invalid("invalid_value", Failures.words(e), null);
      }
    }
    input.putAll(block.config().map("input"));
    BlockEnd unfit = unfit(input);
    if (unfit != null) {
      return unfit;
    }
    Caller caller =
        new Caller(
            block.flow(),
            block.step().id(),
            block.scope(),
            block.limit().inside(),
            block.inside(),
            input,
            block.config().bool("inherit_env"));
    FlowRun flow = block.flow().called(call.flow(), caller);
    return end(flow.run(block.worker()), flow.scope().outputs());
  }

  /** The failure when the names, which may not have been known before, do not fit the inputs. */
  private @Nullable BlockEnd unfit(Map<String, @Nullable Object> input) {
    Flow flow = call.flow().flow();
    Map<String, Input> declared = flow.inputs();
    for (Map.Entry<String, Input> one : declared.entrySet()) {
      boolean given = input.containsKey(one.getKey()) || block.flow().isGiven(one.getKey());
      if (one.getValue().required() && !given) {
        return block.invalid(
            "missing_input",
            "the flow \"" + flow.name() + "\" needs the input \"" + one.getKey() + "\"",
            null);
      }
    }
    for (String name : input.keySet()) {
      if (!declared.isEmpty() && !declared.containsKey(name)) {
        return block.invalid(
            "unknown_key",
            "the flow \"" + flow.name() + "\" has no input \"" + name + "\"",
            NearNames.hintOrNames(name, declared.keySet()));
      }
    }
    return null;
  }

  private BlockEnd end(FlowResult done, Map<String, @Nullable Object> outputs) {
    Map<String, @Nullable Object> flow = new LinkedHashMap<>();
    flow.put("name", done.name());
    flow.put("status", done.status().key());
    flow.put("output", outputs);
    Map<String, @Nullable Object> result = new LinkedHashMap<>(outputs);
    result.put("flow", flow);
    List<ResultNode> records = done.steps();
    if (done.status() == Status.PASSED || done.status() == Status.SKIPPED) {
      return BlockEnd.passed(result, records);
    }
    if (done.status() == Status.CANCELLED && done.failure().isEmpty()) {
      return block.stopped(block.worker()).with(result, records);
    }
    return new BlockEnd(done.status(), done.failure().orElse(null), result, records);
  }
}

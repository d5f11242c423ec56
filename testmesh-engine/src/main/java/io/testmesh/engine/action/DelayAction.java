package io.testmesh.engine.action;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import java.time.Duration;

/** {@code delay}: waits. */
public final class DelayAction implements ActionHandler {
  private final ActionDescriptor descriptor =
      ActionDescriptor.of("delay")
          .describedAs(
              "Waits for a time. To wait until something holds, \"within\" is quicker and safer.")
          .required("duration", ConfigType.DURATION, "How long")
          .result("duration_ms", ConfigType.INTEGER, "How long it was, measured")
          .result("completed", ConfigType.BOOLEAN, "true")
          .example("- action: delay\n  config: {duration: 250ms}\n");

  /** For the service loader. */
  public DelayAction() {}

  @Override
  public ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public ActionResult execute(ActionContext context) throws InterruptedException {
    Duration duration = context.config().duration("duration");
    long start = System.nanoTime();
    Thread.sleep(duration.toMillis());
    long measured = (System.nanoTime() - start) / 1_000_000;
    return ActionResult.of("duration_ms", measured).with("completed", true);
  }
}

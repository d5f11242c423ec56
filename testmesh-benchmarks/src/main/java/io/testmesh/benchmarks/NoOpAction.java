package io.testmesh.benchmarks;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** Takes two rendered texts and does nothing. */
final class NoOpAction implements ActionHandler {
  static final String ID = "benchmark.noop";

  private static final ActionDescriptor DESCRIPTOR =
      ActionDescriptor.of(ID)
          .describedAs("Does nothing")
          .required("first", ConfigType.TEXT, "A text")
          .required("second", ConfigType.TEXT, "Another text");

  @Override
  public ActionDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public ActionResult execute(ActionContext context) {
    return ActionResult.EMPTY;
  }
}

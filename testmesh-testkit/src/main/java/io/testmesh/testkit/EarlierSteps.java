package io.testmesh.testkit;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands for the steps before the one under test: each gives what the test says. */
final class EarlierSteps implements ActionHandler {
  static final String ACTION = "testkit.earlier_step";

  private final Map<String, ActionResult> results = new LinkedHashMap<>();

  void add(String id, Map<String, ? extends @Nullable Object> outputs) {
    results.put(id, ActionResult.of(outputs));
  }

  List<String> ids() {
    return List.copyOf(results.keySet());
  }

  @Override
  public ActionDescriptor descriptor() {
    return ActionDescriptor.of(ACTION).describedAs("A step that the test made up.");
  }

  @Override
  public ActionResult execute(ActionContext context) {
    return results.getOrDefault(context.stepId(), ActionResult.EMPTY);
  }
}

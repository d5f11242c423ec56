package io.testmesh.integrations.neo4j;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.integrations.common.JsonPreview;
import io.testmesh.result.ActionSummary;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the actions have in common. Names no type of the driver: looking at a descriptor does not
 * load it.
 */
abstract class GraphAction implements ActionHandler {
  private static final int LONGEST_TARGET = 120;
  private static final int LONGEST_PREVIEW = 2_000;

  /** Kept, as it is asked for several times for each step that is checked. */
  private final ActionDescriptor descriptor;

  GraphAction(ActionDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public final ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public void check(ConfigCheck config) {
    GraphKeys.check(config);
  }

  @Override
  public Optional<Runnable> warmUp() {
    return Optional.of(Graph::warmUp);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return GraphQuery.run(context);
  }

  @Override
  public ActionSummary summarize(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    String target = JsonPreview.line(String.valueOf(config.get("query")), LONGEST_TARGET);
    Object count = result.get("count");
    return new ActionSummary(
        target,
        count == null ? null : "rows " + count,
        result.get("rows") == null ? null : JsonPreview.of(result.get("rows"), LONGEST_PREVIEW));
  }
}

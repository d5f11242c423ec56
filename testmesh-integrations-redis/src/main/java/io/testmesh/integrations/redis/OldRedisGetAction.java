package io.testmesh.integrations.redis;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;

/** The action {@code redis_get}. */
public final class OldRedisGetAction extends RedisAction {
  /** For {@link java.util.ServiceLoader}. */
  public OldRedisGetAction() {
    super("GET", describe());
  }

  private static ActionDescriptor describe() {
    return RedisGetAction.describe("redis_get")
        .describedAs("The older name of redis.get.")
        .example(
            """
            - action: redis_get
              config: {host: localhost, key: "counter"}
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return RedisSteps.get(context);
  }
}

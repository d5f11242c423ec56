package io.testmesh.integrations.redis;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;

/** The action {@code redis_set}. */
public final class OldRedisSetAction extends RedisAction {
  /** For {@link java.util.ServiceLoader}. */
  public OldRedisSetAction() {
    super("SET", describe());
  }

  private static ActionDescriptor describe() {
    return RedisSetAction.describe("redis_set")
        .describedAs("The older name of redis.set.")
        .example(
            """
            - action: redis_set
              config: {host: localhost, key: "counter", value: "7"}
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    RedisSetAction.checkValues(config);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return RedisSteps.set(context);
  }
}

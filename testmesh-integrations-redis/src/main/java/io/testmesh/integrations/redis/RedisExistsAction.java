package io.testmesh.integrations.redis;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;

/** The action {@code redis.exists}. */
public final class RedisExistsAction extends RedisAction {
  /** For {@link java.util.ServiceLoader}. */
  public RedisExistsAction() {
    super("EXISTS", describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("redis.exists").describedAs("Says which keys of Redis are there.");
    return RedisKeys.connection(RedisKeyList.describe(own))
        .result("exists", ConfigType.BOOLEAN, "Whether all of the keys are there")
        .result("count", ConfigType.INTEGER, "How many of the keys are there")
        .example(
            """
            - action: redis.exists
              config: {host: localhost, key: "cart:17"}
              assert:
                - not exists
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    RedisKeyList.check(config);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return RedisSteps.exists(context);
  }
}

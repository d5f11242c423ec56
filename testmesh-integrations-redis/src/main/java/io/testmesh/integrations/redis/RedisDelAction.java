package io.testmesh.integrations.redis;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;

/** The action {@code redis.del}. */
public final class RedisDelAction extends RedisAction {
  /** For {@link java.util.ServiceLoader}. */
  public RedisDelAction() {
    super("DEL", describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("redis.del").describedAs("Removes keys of Redis, whatever they hold.");
    return RedisKeys.connection(RedisKeyList.describe(own))
        .result("deleted", ConfigType.INTEGER, "How many of the keys were there")
        .example(
            """
            - action: redis.del
              config: {host: localhost, keys: ["cart:17", "cart:18"]}
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    RedisKeyList.check(config);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return RedisSteps.delete(context);
  }
}

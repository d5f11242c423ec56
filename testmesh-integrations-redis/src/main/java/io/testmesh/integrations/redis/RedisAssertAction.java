package io.testmesh.integrations.redis;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code redis.assert}. */
public final class RedisAssertAction extends RedisAction {
  /** For {@link java.util.ServiceLoader}. */
  public RedisAssertAction() {
    super("GET", describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("redis.assert")
            .describedAs("Reads a key of Redis until what is asserted of it holds.")
            .required("key", ConfigType.TEXT, "The key")
            .optional("exists", ConfigType.BOOLEAN, "Whether the key has to be there")
            .polling("exists");
    return RedisGetAction.results(RedisKeys.connection(own))
        .result(
            "ttl_ms",
            ConfigType.INTEGER,
            "How long the key still lives; null when it does for ever, or is not there")
        .example(
            """
            - action: redis.assert
              config:
                host: localhost
                key: job:17
                within: 10s
                assert:
                  - value == "done"
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return RedisSteps.look(context);
  }
}

package io.testmesh.integrations.redis;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code redis.get}. */
public final class RedisGetAction extends RedisAction {
  /** For {@link java.util.ServiceLoader}. */
  public RedisGetAction() {
    super("GET", describe());
  }

  private static ActionDescriptor describe() {
    return describe("redis.get")
        .example(
            """
            - action: redis.get
              config:
                host: localhost
                key: session:${user_id}
              assert:
                - exists
                - fromJSON(value).role == "admin"
            """);
  }

  static ActionDescriptor describe(String id) {
    ActionDescriptor own =
        ActionDescriptor.of(id)
            .describedAs(
                "Reads a key of Redis, whatever its type. A key that is not there is no failure:"
                    + " \"exists\" says it.")
            .required("key", ConfigType.TEXT, "The key");
    return results(RedisKeys.connection(own));
  }

  static ActionDescriptor results(ActionDescriptor descriptor) {
    return descriptor
        .result(
            "value",
            ConfigType.ANY,
            "A text; a hash as a map; a list and a set (sorted) as a list; a sorted set as a list of"
                + " {member, score}; a stream as a list of {id, fields}; null when the key is not"
                + " there. Bytes that are no UTF-8 are base64")
        .result("exists", ConfigType.BOOLEAN, "Whether the key is there")
        .result(
            "type",
            ConfigType.TEXT,
            "string, hash, list, set, zset or stream; none when the key is not there");
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return RedisSteps.get(context);
  }
}

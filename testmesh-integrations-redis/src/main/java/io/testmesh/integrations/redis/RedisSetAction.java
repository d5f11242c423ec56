package io.testmesh.integrations.redis;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import io.testmesh.integrations.common.Values;

/** The action {@code redis.set}. */
public final class RedisSetAction extends RedisAction {
  /** For {@link java.util.ServiceLoader}. */
  public RedisSetAction() {
    super("SET", describe());
  }

  private static ActionDescriptor describe() {
    return describe("redis.set")
        .example(
            """
            - action: redis.set
              config:
                host: localhost
                key: session:${user_id}
                value: {user: "${user_id}", role: admin}
                ttl: 10m
            """);
  }

  static ActionDescriptor describe(String id) {
    ActionDescriptor own =
        ActionDescriptor.of(id)
            .describedAs("Sets a key of Redis to a text.")
            .required("key", ConfigType.TEXT, "The key")
            .required(
                "value",
                ConfigType.ANY,
                "What it is set to: a text as it is, a number or boolean as text, a map or list as"
                    + " JSON")
            .optional(
                "encoding",
                ConfigType.choice("text", "base64"),
                "text",
                "base64: the value is the base64 of the bytes that are stored")
            .optional("ttl", ConfigType.DURATION, "How long the key lives; for ever if left out")
            .optional("nx", ConfigType.BOOLEAN, false, "Only when the key is not there yet")
            .optional("xx", ConfigType.BOOLEAN, false, "Only when the key is there already");
    return RedisKeys.connection(own)
        .result("ok", ConfigType.BOOLEAN, "false when nx or xx kept it from being set");
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    checkValues(config);
  }

  /** Finds what no server would take. */
  static void checkValues(ConfigCheck config) {
    if (Boolean.TRUE.equals(config.value("nx")) && Boolean.TRUE.equals(config.value("xx"))) {
      config.reject("xx", "\"nx\" and \"xx\" exclude each other", "keep one of them");
    }
    if (config.values().containsKey("value") && config.value("value") == null) {
      config.reject(
          "value", "\"value\" is null, for which Redis has no value", "an empty text is \"\"");
    }
    Object ttl = config.value("ttl");
    if (ttl != null && config.isFixed(ttl) && isZero(ttl)) {
      config.reject("ttl", "\"ttl\" wants more than 0", "without it the key lives for ever");
    }
  }

  private static boolean isZero(Object ttl) {
    try {
      return Values.duration(ttl, "ttl").isZero();
    } catch (ActionException e) {
      return false;
    }
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return RedisSteps.set(context);
  }
}

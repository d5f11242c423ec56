package io.testmesh.integrations.redis;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import java.util.List;

/** The action {@code redis.command}. */
public final class RedisCommandAction extends RedisAction {
  /** For {@link java.util.ServiceLoader}. */
  public RedisCommandAction() {
    super("", describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("redis.command")
            .describedAs(
                "Sends any command to Redis, but for those that change the connection, which other"
                    + " steps use too. In a cluster the first argument has to be the key.")
            .required("command", ConfigType.TEXT, "The command, such as HGETALL or CONFIG GET")
            .optional(
                "args",
                ConfigType.LIST,
                "Its arguments: a number or boolean as text, a map or list as JSON");
    return RedisKeys.connection(own)
        .result(
            "result",
            ConfigType.ANY,
            "The answer: text, number, boolean, null, list, or a map where the server gives one."
                + " Bytes that are no UTF-8 are base64")
        .example(
            """
            - action: redis.command
              config:
                host: localhost
                command: LPUSH
                args: [queue:mail, "first", "second"]
              assert:
                - result == 2
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    Object command = config.value("command");
    if (command == null || !config.isFixed(command)) {
      return;
    }
    List<?> args = config.value("args") instanceof List<?> list ? list : List.of();
    String why = CommandWords.refusal(CommandWords.name(command.toString()), args);
    if (why != null) {
      config.reject("command", why, CommandWords.HINT);
    }
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return RedisSteps.command(context);
  }
}

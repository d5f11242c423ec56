package io.testmesh.integrations.redis;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of each action. */
final class RedisSteps {
  private RedisSteps() {}

  /** Loads the classes of the client, which take most of the time of the first attempt. */
  static void warmUp() {
    Dialer.warmUp();
  }

  static ActionResult get(ActionContext context) throws ActionException, InterruptedException {
    try (Call call = new Call(context)) {
      KeyReader reader = new KeyReader(Redis.of(context), call);
      return ActionResult.of(reader.read(context.config().text("key")));
    }
  }

  static ActionResult look(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    String key = config.text("key");
    Map<String, @Nullable Object> seen;
    try (Call call = new Call(context)) {
      Redis redis = Redis.of(context);
      seen = new KeyReader(redis, call).read(key);
      Object left = redis.call(Command.of("PTTL", key), call);
      seen.put("ttl_ms", left instanceof Long millis && millis >= 0 ? left : null);
    }
    ActionResult result = ActionResult.of(seen);
    boolean exists = Boolean.TRUE.equals(seen.get("exists"));
    if (config.has("exists") && config.bool("exists") != exists) {
      throw new ActionException(
              "assertion_failed",
              "the key \""
                  + key
                  + "\" is "
                  + (exists ? "there, a " + seen.get("type") : "not there")
                  + ", and \"exists\" is "
                  + config.bool("exists"))
          .result(result);
    }
    return result;
  }

  static ActionResult set(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(Command.bytes(config.text("key")));
    arguments.add(stored(context));
    Duration ttl = config.optionalDuration("ttl").orElse(null);
    if (ttl != null) {
      arguments.add(Command.bytes("PX"));
      arguments.add(Command.bytes(Long.toString(ttl.toMillis())));
    }
    if (config.bool("nx")) {
      arguments.add(Command.bytes("NX"));
    }
    if (config.bool("xx")) {
      arguments.add(Command.bytes("XX"));
    }
    try (Call call = new Call(context)) {
      Object answer = Redis.of(context).call(new Command("SET", arguments), call);
      return ActionResult.of("ok", answer != null);
    }
  }

  private static byte[] stored(ActionContext context) throws ActionException {
    Object value = context.config().value("value");
    if (!context.config().text("encoding").equals("base64")) {
      return Command.bytes(value, "value", context.json());
    }
    try {
      return Base64.getDecoder().decode(String.valueOf(value));
    } catch (IllegalArgumentException e) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "\"value\" is no base64: " + e.getMessage(), e);
    }
  }

  static ActionResult delete(ActionContext context) throws ActionException, InterruptedException {
    return ActionResult.of("deleted", count("DEL", RedisKeyList.of(context.config()), context));
  }

  static ActionResult exists(ActionContext context) throws ActionException, InterruptedException {
    List<String> keys = RedisKeyList.of(context.config());
    long count = count("EXISTS", keys, context);
    return ActionResult.of("exists", count == keys.size()).with("count", count);
  }

  private static long count(String command, List<String> keys, ActionContext context)
      throws ActionException, InterruptedException {
    long count = 0;
    try (Call call = new Call(context)) {
      Redis redis = Redis.of(context);
      for (List<String> group : redis.groups(keys)) {
        count += redis.call(Command.of(command, group), call) instanceof Long some ? some : 0;
      }
    }
    return count;
  }

  static ActionResult command(ActionContext context) throws ActionException, InterruptedException {
    String name = CommandWords.name(context.config().text("command"));
    String why = CommandWords.refusal(name, context.config().list("args"));
    if (why != null) {
      throw new ActionException(ActionException.INVALID_VALUE, why).hint(CommandWords.HINT);
    }
    List<byte[]> arguments = new ArrayList<>();
    for (Object argument : context.config().list("args")) {
      String what = "args[" + arguments.size() + "]";
      arguments.add(Command.bytes(argument, what, context.json()));
    }
    try (Call call = new Call(context)) {
      Object answer = Redis.of(context).call(new Command(name, arguments), call);
      return ActionResult.of("result", Replies.value(answer));
    }
  }
}

package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import io.testmesh.action.JsonFormat;
import io.testmesh.integrations.common.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/**
 * What is sent to a server.
 *
 * @param name in upper case; two words for a subcommand, such as {@code CONFIG GET}
 * @param arguments as bytes, the key first where the command has one
 */
record Command(String name, List<byte[]> arguments) {

  /** A command with texts as arguments. */
  static Command of(String name, String... arguments) {
    List<byte[]> bytes = new ArrayList<>(arguments.length);
    for (String argument : arguments) {
      bytes.add(bytes(argument));
    }
    return new Command(name, bytes);
  }

  /** A command over keys. */
  static Command of(String name, List<String> keys) {
    return of(name, keys.toArray(String[]::new));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What a value of a flow is in Redis: a text as it is, a number or boolean as text, a map or list
   * as JSON.
   *
   * @param what how the value is called in messages
   * @throws ActionException code {@code invalid_value} for null, which Redis has no value for
   */
  static byte[] bytes(@Nullable Object value, String what, JsonFormat json) throws ActionException {
    if (value == null) {
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "\"" + what + "\" is null, for which Redis has no value")
          .hint("redis.del removes a key; an empty text is \"\"");
    }
    return bytes(
        value instanceof Map || value instanceof List
            ? json.render(value)
            : Values.text(value, what));
  }

  /** The same for the client. */
  CommandArguments toArguments() {
    String[] words = name.split(" ", -1);
    byte[] first = bytes(words[0]);
    CommandArguments all = new CommandArguments(() -> first);
    for (int i = 1; i < words.length; i++) {
      all.add(bytes(words[i]));
    }
    for (byte[] argument : arguments) {
      all.add(argument);
    }
    return all;
  }
}

package io.testmesh.integrations.redis;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may be sent over a connection that other steps use afterwards. */
final class CommandWords {
  static final String HINT = "connections are shared by all steps, so none may change them";

  private static final Set<String> CHANGING =
      Set.of(
          "ASKING",
          "AUTH",
          "DISCARD",
          "EXEC",
          "HELLO",
          "MONITOR",
          "MULTI",
          "PSUBSCRIBE",
          "PSYNC",
          "PUNSUBSCRIBE",
          "QUIT",
          "READONLY",
          "READWRITE",
          "RESET",
          "SELECT",
          "SSUBSCRIBE",
          "SUBSCRIBE",
          "SUNSUBSCRIBE",
          "SYNC",
          "UNSUBSCRIBE",
          "UNWATCH",
          "WATCH");
  private static final Set<String> CHANGING_OF_CLIENT =
      Set.of("CACHING", "NO-EVICT", "NO-TOUCH", "REPLY", "SETNAME", "TRACKING");

  private CommandWords() {}

  /** The name of a command: upper case, one blank between its words. */
  static String name(String written) {
    StringBuilder name = new StringBuilder();
    for (String word : written.strip().split("\\s+", -1)) {
      name.append(name.length() == 0 ? "" : " ").append(word.toUpperCase(Locale.ROOT));
    }
    return name.toString();
  }

  /** Why the command cannot be sent; null when it can. */
  static @Nullable String refusal(String name, List<?> arguments) {
    if (name.isEmpty()) {
      return "\"command\" is empty; it wants the name of a command, such as HGETALL";
    }
    int blank = name.indexOf(' ');
    String first = blank < 0 ? name : name.substring(0, blank);
    String second = blank < 0 ? argument(arguments) : name.substring(blank + 1);
    if (first.equals("SELECT")) {
      return "SELECT changes the database of a connection; say \"db\" in place of it";
    }
    if (first.equals("AUTH") || first.equals("HELLO")) {
      return first + " logs a connection in; say \"username\" and \"password\" in place of it";
    }
    boolean isOfClient = first.equals("CLIENT") && CHANGING_OF_CLIENT.contains(second);
    return CHANGING.contains(first) || isOfClient
        ? (isOfClient ? first + " " + second : first) + " cannot be sent by a step"
        : null;
  }

  private static String argument(List<?> arguments) {
    return arguments.isEmpty() ? "" : String.valueOf(arguments.get(0)).toUpperCase(Locale.ROOT);
  }
}

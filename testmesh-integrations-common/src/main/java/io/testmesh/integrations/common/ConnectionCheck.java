package io.testmesh.integrations.common;

import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds before anything runs what no server could be reached with, as far as it is written out. */
public final class ConnectionCheck {
  private ConnectionCheck() {}

  /** Reads the keys of a connection, only to see whether that is possible. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads them.
     *
     * @param keys gives the value of a key; null where it is left out
     * @param resolve finds a file that the flow names
     * @return what was read; nobody looks at it
     * @throws ActionException whose message begins with the key, in quotes
     */
    Object read(Function<String, @Nullable Object> keys, Function<String, Path> resolve)
        throws ActionException;
  }

  /** The names of keys. */
  public static List<String> names(ConfigKey... keys) {
    return Arrays.stream(keys).map(ConfigKey::name).toList();
  }

  /**
   * Reads the keys if none of them has a placeholder, and points at the one that is wrong.
   *
   * @param keys the names of the connection's keys
   * @param otherwise the key that is pointed at when the message names none
   * @return false when something is wrong
   */
  public static boolean check(
      ConfigCheck config, Iterable<String> keys, String otherwise, Reader reader) {
    Map<String, @Nullable Object> values = config.values();
    for (String key : keys) {
      if (!config.isFixed(values.get(key))) {
        return true;
      }
    }
    try {
      reader.read(values::get, Path::of);
      return true;
    } catch (ActionException e) {
      String message = String.valueOf(e.getMessage());
      int end = message.startsWith("\"") ? message.indexOf('"', 1) : -1;
      config.reject(
          end < 0 ? otherwise : message.substring(1, end), message, e.hint().orElse(null));
      return false;
    }
  }
}

package io.testmesh.cli;

import io.testmesh.Selection;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the options that select flows. */
final class Selections {
  private Selections() {}

  /**
   * Makes the selection of a command.
   *
   * @throws UsageException when no path is given, or a shard is none
   */
  static Selection read(
      String command,
      Arguments arguments,
      Map<String, ? extends @Nullable Object> variables,
      Map<String, Duration> timings)
      throws UsageException {
    if (arguments.operands().isEmpty()) {
      throw new UsageException(command + " wants at least one file or folder");
    }
    Selection.Builder selection =
        Selection.of(arguments.operands()).given(variables).timings(timings);
    for (Arguments.Given option : arguments.given()) {
      switch (option.name()) {
        case "--tags" -> selection.tags(option.value());
        case "--name" -> selection.name(option.value());
        case "--shard" -> shard(selection, option.value());
        default -> {}
      }
    }
    return selection.build();
  }

  private static void shard(Selection.Builder selection, String text) throws UsageException {
    int slash = text.indexOf('/');
    if (slash > 0) {
      int of = Amounts.count("--shard", text.substring(slash + 1), 1);
      int number = Amounts.count("--shard", text.substring(0, slash), 1);
      if (number <= of) {
        selection.shard(number, of);
        return;
      }
    }
    throw new UsageException(
        "--shard wants I/N with I from 1 to N, such as 1/3, not \"" + text + "\"");
  }
}

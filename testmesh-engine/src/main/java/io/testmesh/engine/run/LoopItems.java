package io.testmesh.engine.run;

import io.testmesh.engine.check.RenderedConfig;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code for_each} goes over: a list, a range, or files. Immutable. */
final class LoopItems {
  private final int count;
  private final @Nullable List<@Nullable Object> items;
  private final long start;
  private final long step;
  private final String words;
  private final @Nullable BlockEnd failure;

  private LoopItems(
      int count,
      @Nullable List<@Nullable Object> items,
      long start,
      long step,
      String words,
      @Nullable BlockEnd failure) {
    this.count = count;
    this.items = items;
    this.start = start;
    this.step = step;
    this.words = words;
    this.failure = failure;
  }

  /** The items of a loop. */
  static LoopItems of(BlockRun block) {
    RenderedConfig config = block.config();
    if (config.value("range") != null) {
      return range(config.map("range"), block);
    }
    String glob = config.optionalText("items_from_glob").orElse(null);
    return glob == null ? list(config.list("items"), "\"items\" is empty") : files(glob, block);
  }

  private static LoopItems list(List<@Nullable Object> items, String words) {
    return new LoopItems(items.size(), items, 0, 0, words, null);
  }

  private static LoopItems failed(BlockEnd end) {
    return new LoopItems(0, List.of(), 0, 0, "", end);
  }

  private static LoopItems range(Map<String, @Nullable Object> range, BlockRun block) {
    long start = number(range, "start", 0);
    long end = number(range, "end", 0);
    long step = number(range, "step", 1);
    if (step == 0) {
      return failed(
          block.invalid("invalid_value", "\"step\" of \"range\" is 0: it would never end", null));
    }
    BigInteger way = BigInteger.valueOf(end).subtract(BigInteger.valueOf(start));
    BigInteger rounds = way.divide(BigInteger.valueOf(step)).add(BigInteger.ONE);
    boolean away = way.signum() * Long.signum(step) < 0;
    if (!away && rounds.bitLength() > 31) {
      return failed(
          block.invalid(
              "invalid_value", "\"range\" has " + rounds + " numbers, which is too many", null));
    }
    int count = away ? 0 : rounds.intValue();
    return new LoopItems(
        count, null, start, step, "\"range\" has no number from " + start + " to " + end, null);
  }

  private static long number(Map<String, @Nullable Object> range, String key, long byDefault) {
    return range.get(key) instanceof Long number ? number : byDefault;
  }

  private static LoopItems files(String glob, BlockRun block) {
    try {
      List<@Nullable Object> files = FileGlob.matching(block.flow().folder(), glob);
      return list(files, "no file matches \"" + glob + "\"");
    } catch (IllegalArgumentException e) {
      return failed(
          block.invalid(
              "invalid_value",
              "\"items_from_glob\" wants a pattern such as data/*.json, got \"" + glob + "\"",
              null));
    } catch (IOException e) {
      return failed(
          block.invalid(
              "action_failed",
              "the files of \"" + glob + "\" cannot be listed: " + Failures.words(e),
              null));
    }
  }

  int count() {
    return count;
  }

  @Nullable Object item(int index) {
    return items == null ? (Object) (start + index * step) : items.get(index);
  }

  /** Why there is none, for people. */
  String words() {
    return words;
  }

  /** Why the items cannot be had, or null. */
  @Nullable BlockEnd failure() {
    return failure;
  }
}

package io.testmesh.engine.scope;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The names that every flow knows: made-up values fresh at each use, the time in UTC, and the ids
 * of the run. Safe for use by several threads.
 */
public final class BuiltIns {
  /** The names that are constant in a run, and those that stand for many values. */
  public static final List<String> OTHER_NAMES =
      List.of("vars", "steps", "FAKER", "FLOW_ID", "FLOW_NAME", "EXECUTION_ID", "FLOW_STATUS");

  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final List<String> NAMES =
      List.of(
          "RANDOM_ID",
          "UUID",
          "RANDOM_INT",
          "RANDOM_STRING",
          "TIMESTAMP",
          "TIMESTAMP_UNIX",
          "ISO_TIMESTAMP",
          "DATE",
          "TIME",
          "DATETIME",
          "YEAR",
          "MONTH",
          "DAY",
          "HOUR",
          "MINUTE",
          "SECOND",
          "$uuid",
          "$timestamp",
          "$random_int");

  private final Clock clock;
  private final RandomSource random;
  private final Map<String, Object> constants;

  /**
   * The built-ins of one flow.
   *
   * @param seed what makes the random names repeat, or null
   * @param constants the names that are constant in the flow: {@code FLOW_ID} and its like
   */
  public BuiltIns(Clock clock, @Nullable Long seed, Map<String, Object> constants) {
    this.clock = clock;
    this.random = seed == null ? RandomSource.secure() : RandomSource.seeded(seed);
    this.constants = constants;
  }

  /** The names, without the constants of a flow. */
  public static List<String> names() {
    return NAMES;
  }

  /** A seed that repeats when the flow's random values do. */
  public long nextSeed() {
    return random.generator().nextLong();
  }

  /** The time that expressions see. */
  public Clock clock() {
    return clock;
  }

  /** The value of the name, or null when no built-in has it. */
  public @Nullable Object find(String name) {
    return switch (name) {
      case "RANDOM_ID", "UUID", "$uuid" -> uuid(random.generator());
      case "RANDOM_INT", "$random_int" -> (long) random.generator().nextInt(1_000_000);
      case "RANDOM_STRING" -> text(random.generator());
      case "TIMESTAMP", "ISO_TIMESTAMP" -> Instant.now(clock).toString();
      case "TIMESTAMP_UNIX", "$timestamp" -> Instant.now(clock).getEpochSecond();
      case "DATE" -> date(now());
      case "TIME" -> time(now());
      case "DATETIME" -> dateTime(now());
      case "YEAR" -> padded(now().getYear(), 4);
      case "MONTH" -> padded(now().getMonthValue(), 2);
      case "DAY" -> padded(now().getDayOfMonth(), 2);
      case "HOUR" -> padded(now().getHour(), 2);
      case "MINUTE" -> padded(now().getMinute(), 2);
      case "SECOND" -> padded(now().getSecond(), 2);
      default -> constants.get(name);
    };
  }

  private ZonedDateTime now() {
    return Instant.now(clock).atZone(ZoneOffset.UTC);
  }

  private static String date(ZonedDateTime at) {
    return padded(at.getYear(), 4)
        + "-"
        + padded(at.getMonthValue(), 2)
        + "-"
        + padded(at.getDayOfMonth(), 2);
  }

  private static String time(ZonedDateTime at) {
    return padded(at.getHour(), 2)
        + ":"
        + padded(at.getMinute(), 2)
        + ":"
        + padded(at.getSecond(), 2);
  }

  private static String dateTime(ZonedDateTime at) {
    return date(at) + " " + time(at);
  }

  private static String padded(int number, int digits) {
    StringBuilder text = new StringBuilder(digits).append(number);
    while (text.length() < digits) {
      text.insert(0, '0');
    }
    return text.toString();
  }

  /** A UUID of version 4 (RFC 9562, 5.4). */
  static String uuid(RandomGenerator random) {
    long high = random.nextLong() & 0xFFFFFFFFFFFF0FFFL | 0x0000000000004000L;
    long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new java.util.UUID(high, low).toString();
  }

  private static String text(RandomGenerator random) {
    char[] characters = new char[16];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length()));
    }
    return new String(characters);
  }
}

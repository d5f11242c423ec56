package io.testmesh.integrations.observability;

import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigCheck;
import io.testmesh.integrations.common.Values;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Points in time as flows write them and servers take them. */
final class Times {
  private static final long NANOS = 1_000_000_000L;

  private Times() {}

  /**
   * The instant that a value means: {@code now}, {@code -5m}, {@code now-5m}, an ISO 8601 time, or
   * seconds since 1970.
   *
   * @param what the key, for messages
   * @throws ActionException code {@code invalid_value}
   */
  static Instant of(@Nullable Object value, String what, Instant now) throws ActionException {
    String text = String.valueOf(value).strip();
    String offset = text.startsWith("now") ? text.substring(3).strip() : text;
    if (text.startsWith("now") && offset.isEmpty()) {
      return now;
    }
    boolean isOffset =
        (offset.startsWith("-") || offset.startsWith("+"))
            && offset.chars().anyMatch(Character::isLetter);
    if (isOffset) {
      Duration far = Values.duration(offset.substring(1).strip(), what);
      return offset.startsWith("-") ? now.minus(far) : now.plus(far);
    }
    try {
      return text.indexOf('T') > 0 || text.indexOf('t') > 0
          ? OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant()
          : ofSeconds(new BigDecimal(text));
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "\"" + what + "\" is no point in time: \"" + text + "\"",
              e)
          .at(what)
          .hint("now, -5m, 2026-11-26T10:30:00Z, or seconds since 1970");
    }
  }

  /** Rejects a point in time that is written out and is none. */
  static void check(ConfigCheck config, @Nullable Object value, Object... path) {
    if (value != null && config.isFixed(value)) {
      try {
        of(value, String.valueOf(path[path.length - 1]), Instant.EPOCH);
      } catch (ActionException e) {
        config.reject(List.of(path), String.valueOf(e.getMessage()), e.hint().orElse(null));
      }
    }
  }

  /** Seconds since 1970, with fractions. */
  static Instant ofSeconds(BigDecimal seconds) {
    BigDecimal nanos = seconds.movePointRight(9);
    return ofNanos(nanos.toBigInteger().longValueExact());
  }

  static Instant ofNanos(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  /** As Prometheus takes it: seconds since 1970. */
  static String seconds(Instant time) {
    return BigDecimal.valueOf(time.getEpochSecond())
        .add(BigDecimal.valueOf(time.getNano(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** As Loki takes it: nanoseconds since 1970. */
  static String nanos(Instant time) {
    return Long.toString(
        Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano()));
  }
}

package io.testmesh.engine.expression;

import io.testmesh.engine.value.NearNames;
import io.testmesh.engine.value.Numbers;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code name.upper()}, {@code $.prices.sum()}, {@code date(x).Year()}. */
final class MethodCall extends Node {
  private final Node owner;
  private final String name;
  private final Node[] arguments;
  private final boolean optional;

  MethodCall(int start, int end, Node owner, String name, Node[] arguments, boolean optional) {
    super(start, end);
    this.owner = owner;
    this.name = name;
    this.arguments = arguments;
    this.optional = optional;
  }

  /** How many arguments a method takes, or -1 when there is none of that name. */
  static int arity(String name) {
    return switch (name) {
      case "upper",
          "lower",
          "trim",
          "length",
          "sum",
          "avg",
          "min",
          "max",
          "Year",
          "Month",
          "Day",
          "Hour",
          "Minute",
          "Second",
          "Nanosecond",
          "Weekday",
          "YearDay",
          "Unix",
          "UnixMilli",
          "UnixNano",
          "UTC",
          "Hours",
          "Minutes",
          "Seconds",
          "Milliseconds",
          "Microseconds",
          "Nanoseconds",
          "String" ->
          0;
      case "Before", "After", "Equal", "Format", "In", "Add", "Sub" -> 1;
      default -> -1;
    };
  }

  /** What an unknown method probably was meant to be. */
  static @Nullable String hint(String wrong) {
    return NearNames.hint(
        wrong,
        Arrays.asList(
            ("upper lower trim length sum avg min max Year Month Day Hour Minute Second Weekday YearDay"
                    + " Unix UTC Hours Minutes Seconds Milliseconds String Before After Equal Format In"
                    + " Add Sub")
                .split(" ")));
  }

  @Override
  @Nullable Object eval(Evaluation e) throws ExpressionException {
    Object target = owner.value(e);
    if (target == Evaluation.STOP || target == null && optional) {
      return Evaluation.STOP;
    }
    Object argument = arguments.length == 0 ? null : arguments[0].value(e);
    Object result = null;
    if (target instanceof String text) {
      result = ofText(e, text);
    } else if (target instanceof List<?> list) {
      result = ofList(e, list);
    } else if (target instanceof ZonedDateTime time) {
      result = ofTime(time, argument);
    } else if (target instanceof Duration duration) {
      result = ofDuration(duration);
    } else if (target instanceof ZoneId && name.equals("String")) {
      result = ValueTypes.toJson(target);
    }
    if (result == null) {
      throw target == null
          ? absence(e.text(owner) + " is null, it has no method " + name, null)
          : failure(e.text(owner) + " is " + Words.of(target) + ", it has no method " + name);
    }
    return result;
  }

  private @Nullable Object ofText(Evaluation e, String text) throws ExpressionException {
    e.characters(this, text.length());
    return switch (name) {
      case "upper" -> Texts.upper(text);
      case "lower" -> Texts.lower(text);
      case "trim" -> Texts.trim(text);
      case "length" -> (long) Texts.length(text);
      default -> null;
    };
  }

  private @Nullable Object ofList(Evaluation e, List<?> list) throws ExpressionException {
    e.step(this, list.size());
    return switch (name) {
      case "length" -> (long) list.size();
      case "sum" -> sum(list);
      case "avg" -> Arithmetic.divide(this, sum(list), (long) notEmpty(list).size());
      case "min" -> extreme(list, -1);
      case "max" -> extreme(list, 1);
      default -> null;
    };
  }

  private Number sum(List<?> list) throws ExpressionException {
    Number total = 0L;
    for (Object item : list) {
      total = Arithmetic.sum(this, total, item);
    }
    return total;
  }

  private List<?> notEmpty(List<?> list) throws ExpressionException {
    if (list.isEmpty()) {
      throw failure("an empty list has no " + name);
    }
    return list;
  }

  private @Nullable Object extreme(List<?> list, int sign) throws ExpressionException {
    Object best = notEmpty(list).get(0);
    if (!(best instanceof Number)) {
      throw failure(name + " wants numbers, got " + Words.of(best));
    }
    for (Object item : list) {
      if (Integer.signum(Comparing.compare(this, item, best)) == sign) {
        best = item;
      }
    }
    return best;
  }

  private @Nullable Object ofTime(ZonedDateTime time, @Nullable Object argument)
      throws ExpressionException {
    return switch (name) {
      case "Year" -> (long) time.getYear();
      case "Month" -> new CalendarName(time.getMonthValue(), GoTime.month(time.getMonthValue()));
      case "Day" -> (long) time.getDayOfMonth();
      case "Hour" -> (long) time.getHour();
      case "Minute" -> (long) time.getMinute();
      case "Second" -> (long) time.getSecond();
      case "Nanosecond" -> (long) time.getNano();
      case "Weekday" -> {
        int day = GoTime.dayOfWeek(time);
        yield new CalendarName(day, GoTime.day(day));
      }
      case "YearDay" -> (long) time.getDayOfYear();
      case "Unix" -> time.toEpochSecond();
      case "UnixMilli" -> sinceEpoch(time, 1_000);
      case "UnixNano" -> sinceEpoch(time, 1_000_000_000);
      case "UTC" -> time.withZoneSameInstant(ZoneOffset.UTC);
      case "String" -> GoTime.rfc3339(time);
      case "Before" -> time.isBefore(time(argument));
      case "After" -> time.isAfter(time(argument));
      case "Equal" -> time.isEqual(time(argument));
      case "Sub" -> Arithmetic.subtract(this, time, time(argument));
      case "Add" -> {
        if (!(argument instanceof Duration duration)) {
          throw failure("Add wants a duration such as duration(\"1h\"), got " + Words.of(argument));
        }
        yield Arithmetic.shifted(this, time, duration);
      }
      case "Format" -> {
        if (!(argument instanceof String layout)) {
          throw failure("Format wants a layout such as \"2006-01-02\", got " + Words.of(argument));
        }
        yield GoTime.format(time, layout);
      }
      case "In" -> {
        if (!(argument instanceof ZoneId zone)) {
          throw failure("In wants a time zone, got " + Words.of(argument));
        }
        yield inZone(time, zone);
      }
      default -> null;
    };
  }

  /** The units since 1970; a far time has more nanoseconds than a long can count. */
  private static Number sinceEpoch(ZonedDateTime time, int perSecond) {
    return Numbers.integer(
        BigInteger.valueOf(time.toEpochSecond())
            .multiply(BigInteger.valueOf(perSecond))
            .add(BigInteger.valueOf(time.getNano() / (1_000_000_000 / perSecond))));
  }

  private ZonedDateTime inZone(ZonedDateTime time, ZoneId zone) throws ExpressionException {
    try {
      return time.withZoneSameInstant(zone);
    } catch (DateTimeException outOfRange) {
      throw failure("the time is out of range");
    }
  }

  private ZonedDateTime time(@Nullable Object argument) throws ExpressionException {
    if (argument instanceof ZonedDateTime time) {
      return time;
    }
    throw failure(name + " wants a time, got " + Words.of(argument));
  }

  private @Nullable Object ofDuration(Duration duration) {
    double seconds = duration.getSeconds() + duration.getNano() / 1e9;
    return switch (name) {
      case "Hours" -> seconds / 3600;
      case "Minutes" -> seconds / 60;
      case "Seconds" -> seconds;
      case "Milliseconds" -> GoDuration.count(duration, 1_000_000);
      case "Microseconds" -> GoDuration.count(duration, 1_000);
      case "Nanoseconds" -> GoDuration.count(duration, 1);
      case "String" -> GoDuration.text(duration);
      default -> null;
    };
  }

  @Override
  Node[] children() {
    Node[] all = new Node[arguments.length + 1];
    all[0] = owner;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }
}

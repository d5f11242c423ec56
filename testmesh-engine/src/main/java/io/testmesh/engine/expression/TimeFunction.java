package io.testmesh.engine.expression;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRulesException;
import org.jspecify.annotations.Nullable;

/** Functions of times. */
final class TimeFunction extends Function {
  private static final String[] LAYOUTS = {
    "2006-01-02",
    "15:04:05",
    "2006-01-02 15:04:05",
    "2006-01-02T15:04:05Z07:00",
    "02 Jan 06 15:04 MST",
    "Monday, 02-Jan-06 15:04:05 MST",
    "Mon, 02 Jan 2006 15:04:05 MST"
  };

  TimeFunction(String name, int least, int most) {
    super(name, least, most);
  }

  @Override
  Object call(Evaluation e, Call at, @Nullable Object[] arguments) throws ExpressionException {
    return switch (name) {
      case "now" -> now(e, at, arguments);
      case "duration" -> duration(at, arguments);
      case "timezone" -> zone(at.argument(0), text(at, arguments, 0));
      default -> date(at, arguments);
    };
  }

  private ZonedDateTime now(Evaluation e, Call at, @Nullable Object[] arguments)
      throws ExpressionException {
    if (arguments.length == 0) {
      return e.environment.now().atZone(ZoneOffset.UTC);
    }
    if (arguments[0] instanceof ZoneId zone) {
      return e.environment.now().atZone(zone);
    }
    throw wrong(at, arguments, 0, "a time zone");
  }

  private Duration duration(Call at, @Nullable Object[] arguments) throws ExpressionException {
    String text = text(at, arguments, 0);
    Duration duration = GoDuration.parse(text);
    if (duration == null) {
      throw at.argument(0)
          .failure("duration wants a text such as \"1h30m\" or \"250ms\", got " + Words.of(text));
    }
    return duration;
  }

  private static ZoneId zone(Node at, String name) throws ExpressionException {
    if (name.isEmpty() || name.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(name);
    } catch (ZoneRulesException unknown) {
      throw at.failure("there is no time zone \"" + name + "\"");
    } catch (java.time.DateTimeException noName) {
      throw at.failure("\"" + name + "\" is no time zone, one is \"Europe/Zurich\"");
    }
  }

  /** {@code date([zone,] text[, layout[, zone name]])}. */
  private ZonedDateTime date(Call at, @Nullable Object[] arguments) throws ExpressionException {
    ZoneId zone = arguments[0] instanceof ZoneId given ? given : null;
    int first = zone == null ? 0 : 1;
    int count = arguments.length - first;
    if (count < 1 || count > 3) {
      throw at.failure(
          "date takes a text, a layout and a time zone's name, got " + count + " texts");
    }
    String text = text(at, arguments, first);
    if (count == 3) {
      zone = zone(at.argument(first + 2), text(at, arguments, first + 2));
    }
    ZoneId assumed = zone == null ? ZoneOffset.UTC : zone;
    ZonedDateTime time = null;
    if (count > 1) {
      time = GoTime.parse(text(at, arguments, first + 1), text, assumed);
    } else {
      for (int i = 0; i < LAYOUTS.length && time == null; i++) {
        time = GoTime.parse(LAYOUTS[i], text, assumed);
      }
    }
    if (time == null) {
      throw at.argument(first)
          .failure(
              Words.of(text)
                  + (count > 1 ? " does not fit the layout " : " is no date")
                  + (count > 1 ? Words.shown(arguments[first + 1]) : ""),
              count > 1 ? "a layout shows 2006-01-02 15:04:05 as it would be written" : null);
    }
    return time;
  }
}

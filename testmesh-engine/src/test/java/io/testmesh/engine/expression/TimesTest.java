package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times, durations and zones; {@code now()} is 2024-05-06T07:08:09.5Z, a Monday. */
class TimesTest {
  private static final String ZURICH = "timezone(\"Europe/Zurich\")";

  private final Sheet sheet =
      Sheet.of(
          "{\"t\": \"2024-03-01T10:15:30.5Z\", \"exact\": 0.12345678901234567891, \"n\": null}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Monday, 02-Jan-06 15:04:05 MST | Monday, 06-May-24 07:08:09 UTC",
        "Mon January _2 2006 | Mon May  6 2024",
        "3:4:5PM | 7:8:9AM",
        "03 pm | 07 am",
        "1/2 002 | 5/6 127",
        "15.000 15.999 15,00 | 07.500 07.5 07,50",
        ".0000000000 .99 .09 | .500000000 .5 .09",
        "-07:00 -0700 -07 Z07:00 Z0700 | +00:00 +0000 +00 Z Z",
        "Januaries Monk Mondays | Januaries Monk Mondays",
      })
  void a_layout_shows_how_a_time_is_written(String layout, String text) {
    assertThat(sheet.value("now().Format(\"" + layout + "\")")).isEqualTo(text);
  }

  @Test
  void a_layout_shows_afternoons_and_other_days() {
    sheet.holds(
        "date(\"2024-12-15T12:00:00Z\").Format(\"3PM 03pm _2 2 Jan Mon\") == \"12PM 12pm 15 15 Dec Sun\"",
        "date(\"2024-12-10T13:05:00Z\").Format(\"3PM 15 _2 .9\") == \"1PM 13 10 \"",
        "date(\"2024-12-10T00:05:00Z\").Format(\"3PM 15\") == \"12AM 00\"",
        "date(\"1999-01-05T11:59:00Z\").Format(\"03PM 06 002\") == \"11AM 99 005\"");
  }

  @Test
  void zones_show_their_offset_and_their_name() {
    sheet.holds(
        "now().In("
            + ZURICH
            + ").Format(\"15 Z07:00 Z0700 -07 MST\") == \"09 +02:00 +0200 +02 CEST\"",
        "now(" + ZURICH + ").String() == \"2024-05-06T09:08:09.5+02:00\"",
        "now(timezone(\"America/St_Johns\")).String() == \"2024-05-06T04:38:09.5-02:30\"",
        "now(timezone(\"America/St_Johns\")).Format(\"-07:00 -0700 -07\") == \"-02:30 -0230 -02\"",
        "now(timezone(\"+05:30\")).Format(\"MST\") == \"+0530\"",
        "now(timezone(\"Etc/GMT\")).Format(\"MST\") == \"GMT\"",
        "now(" + ZURICH + ").UTC().String() == \"2024-05-06T07:08:09.5Z\"",
        "timezone(\"UTC\") == timezone(\"\")",
        ZURICH + ".String() == \"Europe/Zurich\"");
    sheet.fails(
        "timezone(\"Nope/Nope\")",
        "expression_failed",
        "there is no time zone \"Nope/Nope\"",
        null,
        "\"Nope/Nope\"");
    assertThat(sheet.failure("timezone(\"x y\")"))
        .hasMessage("\"x y\" is no time zone, one is \"Europe/Zurich\"");
    assertThat(sheet.failure("now(1)")).hasMessage("now wants a time zone, got the number 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-1-2 | 2006-1-2 | 2024-01-02T00:00:00Z",
        "2024- 2 | 2006-_2 | 2024-01-02T00:00:00Z",
        "2024-12 | 2006-_2 | 2024-01-12T00:00:00Z",
        "feb 5, 2024 | Jan 2, 2006 | 2024-02-05T00:00:00Z",
        "Tuesday 6 February 2024 | Monday 2 January 2006 | 2024-02-06T00:00:00Z",
        "68-12-31 | 06-01-02 | 2068-12-31T00:00:00Z",
        "69-12-31 | 06-01-02 | 1969-12-31T00:00:00Z",
        "2024 366 | 2006 002 | 2024-12-31T00:00:00Z",
        "2024 12:05am | 2006 03:04pm | 2024-01-01T00:05:00Z",
        "2024 12:05pm | 2006 03:04pm | 2024-01-01T12:05:00Z",
        "2024 01:05PM | 2006 03:04PM | 2024-01-01T13:05:00Z",
        "2024 11:05AM | 2006 3:04PM | 2024-01-01T11:05:00Z",
        "2024 7:8:9 | 2006 15:4:5 | 2024-01-01T07:08:09Z",
        "2024 10:11:12.5 | 2006 15:04:05 | 2024-01-01T10:11:12.5Z",
        "2024 10:11:12.5 | 2006 15:04:05.000 | 2024-01-01T10:11:12.5Z",
        "2024 10:11:12,123456789123 | 2006 15:04:05,999 | 2024-01-01T10:11:12.123456789Z",
        "2024 10:11 UTC | 2006 15:04 MST | 2024-01-01T10:11:00Z",
        "2024 10:11 +0530 | 2006 15:04 -0700 | 2024-01-01T10:11:00+05:30",
        "2024 10:11 +05 | 2006 15:04 -07 | 2024-01-01T10:11:00+05:00",
        "2024 10:11 -05:30 | 2006 15:04 Z07:00 | 2024-01-01T10:11:00-05:30",
        "2024 10:11 -1800 | 2006 15:04 Z0700 | 2024-01-01T10:11:00-18:00",
        "2024 10:11 Z | 2006 15:04 Z07:00 | 2024-01-01T10:11:00Z",
      })
  void a_time_is_read_by_its_layout(String text, String layout, String time) {
    assertThat(sheet.value("date(\"" + text + "\", \"" + layout + "\").String()")).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2023 366 | 2006 002",
        "2024 000 | 2006 002",
        "2024-1-02 | 2006-01-02",
        "2024-01-2 | 2006-01-02",
        "2024-02-30 | 2006-01-02",
        "2024-13-01 | 2006-01-02",
        "202-01-01 | 2006-01-02",
        "2024-01-02 x | 2006-01-02",
        "2024-01-02 | 2006-01-02 x",
        "2024/01/02 | 2006-01-02",
        "2024 1:05 | 2006 03:04",
        "2024 10:5 | 2006 15:04",
        "2024 10:60 | 2006 15:04",
        "2024 25:00 | 2006 15:04",
        "2024 10:11:60 | 2006 15:04:05",
        "2024 10:00xm | 2006 03:04pm",
        "2024 Foo | 2006 Jan",
        "2024 Foo | 2006 Mon",
        "2024 U | 2006 MST",
        "2024 ABCDEF | 2006 MST",
        "2024 +05:30 | 2006 -0700",
        "2024 +0530 | 2006 -07:00",
        "2024 0530 | 2006 -0700",
        "2024 +1801 | 2006 -0700",
        "2024 +1900 | 2006 -0700",
        "2024 +1760 | 2006 -0700",
        "2024 +1 | 2006 -0700",
        "2024 + | 2006 Z0700",
      })
  void a_text_that_does_not_fit_its_layout_is_an_error(String text, String layout) {
    sheet.fails(
        "date(\"" + text + "\", \"" + layout + "\")",
        "expression_failed",
        "the text \"" + text + "\" does not fit the layout \"" + layout + "\"",
        "a layout shows 2006-01-02 15:04:05 as it would be written",
        "\"" + text + "\"");
  }

  @Test
  void a_date_without_offset_is_in_utc_or_in_the_zone_that_is_given() {
    sheet.holds(
        "date(\"2024-01-02 10:00\", \"2006-01-02 15:04\").String() == \"2024-01-02T10:00:00Z\"",
        "date(\"2024-01-02\", \"2006-01-02\", \"Europe/Zurich\").String() == \"2024-01-02T00:00:00+01:00\"",
        "date(" + ZURICH + ", \"2024-07-02 03:04:05\").String() == \"2024-07-02T03:04:05+02:00\"",
        "date("
            + ZURICH
            + ", \"2024-07-02Z\", \"2006-01-02Z07:00\").String() == \"2024-07-02T00:00:00Z\"",
        "date(\"2024-01-02 10:00 CET\", \"2006-01-02 15:04 MST\", \"Europe/Zurich\").Hour() == 10");
    assertThat(sheet.failure("date(\"2024-02-30\")"))
        .hasMessage("the text \"2024-02-30\" is no date")
        .returns(null, ExpressionException::hint);
    assertThat(sheet.failure("date(" + ZURICH + ")"))
        .hasMessage("date takes a text, a layout and a time zone's name, got 0 texts");
    assertThat(sheet.failure("date(\"2024\", \"2006\", \"UTC\", \"x\")")).isNotNull();
    assertThat(sheet.failure("date(1)")).hasMessage("date wants a text, got the number 1");
  }

  @Test
  void a_time_has_parts() {
    sheet.holds(
        "now().Year() == 2024",
        "now().Month() == 5",
        "string(now().Month()) == \"May\"",
        "now().Month() + 1 == 6",
        "-now().Month() == -5",
        "now().Month() % 3 == 2",
        "now().Day() == 6",
        "now().Hour() == 7",
        "now().Minute() == 8",
        "now().Second() == 9",
        "now().Nanosecond() == 500000000",
        "now().Weekday() == 1",
        "string(now().Weekday()) == \"Monday\"",
        "string(date(\"2024-05-05\").Weekday()) == \"Sunday\"",
        "now().YearDay() == 127",
        "now().Unix() == 1714979289",
        "now().UnixMilli() == 1714979289500",
        "now().UnixNano() == 1714979289500000000",
        "date(\"1969-12-31T23:59:59.9999Z\").UnixMilli() == -1",
        "date(\"2024-01-02T03:04:05Z\").String() == \"2024-01-02T03:04:05Z\"",
        "date(\"2024-01-02T03:04:05.120Z\").String() == \"2024-01-02T03:04:05.12Z\"");
    assertThat(sheet.failure("date(t).Year"))
        .hasMessage("date(t) is the time 2024-03-01T10:15:30.5Z, it has no key \"Year\"");
  }

  @Test
  void times_are_compared_shifted_and_subtracted() {
    sheet.holds(
        "date(t).Before(now())",
        "not now().Before(now())",
        "now().After(date(t))",
        "not now().After(now())",
        "now().Equal(now().In(" + ZURICH + "))",
        "not now().Equal(date(t))",
        "now().Sub(date(t)) == duration(\"1580h52m39s\")",
        "now().Add(duration(\"-8m9.5s\")).String() == \"2024-05-06T07:00:00Z\"",
        "duration(\"1h\") + date(t) == date(t) + duration(\"1h\")",
        "date(t) + duration(\"1h\") - duration(\"1h\") == date(t)",
        "now() - date(t) == now().Sub(date(t))",
        "date(t) - now() == duration(\"-1580h52m39s\")",
        "date(t) < now() and now() >= now() and now() != date(t)",
        "date(t) == t and t == date(t) and date(t) != n",
        "duration(\"1h\") < duration(\"2h\") and duration(\"60m\") == duration(\"1h\")");
    assertThat(sheet.failure("date(t) + date(t)"))
        .hasMessage(
            "the time 2024-03-01T10:15:30.5Z cannot be added to the time 2024-03-01T10:15:30.5Z");
    assertThat(sheet.failure("date(t) - 1"))
        .hasMessage("the number 1 cannot be subtracted from the time 2024-03-01T10:15:30.5Z");
    assertThat(sheet.failure("now().Add(1)"))
        .hasMessage("Add wants a duration such as duration(\"1h\"), got the number 1");
    assertThat(sheet.failure("now().Sub(1)")).hasMessage("Sub wants a time, got the number 1");
    assertThat(sheet.failure("now().Before(t)"))
        .hasMessage("Before wants a time, got the text \"2024-03-01T10:15:30.5Z\"");
    assertThat(sheet.failure("now().Format(1)"))
        .hasMessage("Format wants a layout such as \"2006-01-02\", got the number 1");
    assertThat(sheet.failure("now().In(1)")).hasMessage("In wants a time zone, got the number 1");
    assertThat(sheet.failure("n.Year()")).hasMessage("n is null, it has no method Year");
    assertThat(sheet.failure("now().upper()"))
        .hasMessage("now() is the time 2024-05-06T07:08:09.5Z, it has no method upper");
    assertThat(sheet.failure("duration(\"1h\").Year()"))
        .hasMessage("duration(\"1h\") is the duration 1h0m0s, it has no method Year");
    assertThat(sheet.failure(ZURICH + ".Year()"))
        .hasMessage(ZURICH + " is the time zone Europe/Zurich, it has no method Year");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "+0, 0s",
    "-0s, 0s",
    "1ns, 1ns",
    "999ns, 999ns",
    "1000ns, 1µs",
    "1500ns, 1.5µs",
    "1us, 1µs",
    "1µs, 1µs",
    "1μs, 1µs",
    "999999ns, 999.999µs",
    "1000000ns, 1ms",
    "1500us, 1.5ms",
    "999999999ns, 999.999999ms",
    "1s, 1s",
    "59.9s, 59.9s",
    "60s, 1m0s",
    "90m, 1h30m0s",
    "3599.5s, 59m59.5s",
    "-1h30m, -1h30m0s",
    "+1.5h, 1h30m0s",
    "1.h, 1h0m0s",
    ".5s, 500ms",
    "9223372036854775807ns, 2562047h47m16.854775807s",
  })
  void a_duration_is_read_and_written(String text, String written) {
    assertThat(sheet.value("duration(\"" + text + "\").String()")).isEqualTo(written);
    assertThat(sheet.value("string(duration(\"" + text + "\"))")).isEqualTo(written);
    sheet.holds("duration(\"" + text + "\") == duration(\"" + written + "\")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        "1",
        "h",
        ".h",
        "1..2h",
        "1.2.3h",
        "1h1",
        "1d",
        "1H",
        "1 h",
        "--1h",
        "9223372036854775808ns",
        "1h9999999999999999999999999999999999999999999999999999999999s"
      })
  void another_text_is_no_duration(String text) {
    assertThat(sheet.failure("duration(\"" + text + "\")"))
        .hasMessage(
            "duration wants a text such as \"1h30m\" or \"250ms\", got the text \"" + text + "\"");
  }

  @Test
  void a_duration_is_counted_in_units() {
    sheet.holds(
        "duration(\"90m\").Hours() == 1.5",
        "duration(\"90s\").Minutes() == 1.5",
        "duration(\"1500ms\").Seconds() == 1.5",
        "duration(\"1.5ms\").Milliseconds() == 1",
        "duration(\"-1500us\").Milliseconds() == -1",
        "duration(\"1.5ms\").Microseconds() == 1500",
        "duration(\"1.5us\").Nanoseconds() == 1500",
        "int(duration(\"1.5us\")) == 1500");
  }

  @Test
  void a_duration_is_multiplied() {
    sheet.holds(
        "duration(\"1h\") * 2 == duration(\"2h\")",
        "1.5 * duration(\"1h\") == duration(\"90m\")",
        "duration(\"1.5s\") * -2.5 == duration(\"-3.75s\")",
        "duration(\"1h\") * exact == duration(\"7m24.444440444s\")",
        "duration(\"1h\") + duration(\"1m\") == duration(\"61m\")",
        "duration(\"1h\") - duration(\"1m\") == duration(\"59m\")");
    assertThat(sheet.failure("duration(\"1h\") / 2"))
        .hasMessage("the duration 1h0m0s cannot be divided by the number 2");
    assertThat(sheet.failure("1 - duration(\"1h\")"))
        .hasMessage("the duration 1h0m0s cannot be subtracted from the number 1");
  }

  @Test
  void far_times_and_long_durations_are_exact_or_an_error() {
    sheet.holds(
        "date(\"3000-01-01\").UnixNano() == 32503680000000000000",
        "(date(\"3000-01-01\") - date(\"1000-01-01\")).Nanoseconds() == 63113904000000000000",
        "int(date(\"3000-01-01\") - date(\"1000-01-01\")) == 63113904000000000000",
        "(now() + duration(\"2400000h\") * 2000000).UnixMilli() > 9223372036854775807");
    for (String expression :
        List.of(
            "duration(\"1s\") * -9223372036854775808",
            "duration(\"1s\") * -9223372036854775807 - duration(\"1.5s\")",
            "duration(\"0.5s\") * -18446744073709551615.5",
            "duration(\"2h\") * 9223372036854775807",
            "duration(\"2h\") * 9223372036854775807.5",
            "duration(\"1s\") * 9223372036854775807 + duration(\"1s\")")) {
      assertThat(sheet.failure(expression))
          .as(expression)
          .hasMessage("the duration is out of range");
    }
    for (String expression :
        List.of(
            "now() + duration(\"1s\") * 9223372036854775807",
            "now() - duration(\"1s\") * 9223372036854775807",
            "now().Add(duration(\"2562047h\") * 10000000)",
            "date(\"2024-01-01T00:00:00-18:00\") - duration(\"2400000h\") * 3653000")) {
      assertThat(sheet.failure(expression)).as(expression).hasMessage("the time is out of range");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-03-01T11:15:30.5+01:00",
        "2024-03-01T11:15:30.5+0100",
        "2024-03-01T11:15:30,5+01",
        "2024-03-01T08:45:30.500000000000-01:30",
        "2024-03-01T10:15:30.50z",
      })
  void texts_that_are_the_same_instant_are_equal(String text) {
    sheet.holds(
        "t == \"" + text + "\"",
        "\"" + text + "\" == t",
        "not (t < \"" + text + "\")",
        "t <= \"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-03-01T10:15:30.5",
        "2024-03-01T10:15:30.Z",
        "2024-03-01T10:15:30.5 Z",
        "2024-03-01T10:15:30.5ZZ",
        "2024-03-01T10:15:30.5+24:00",
        "2024-03-01T10:15:30.5+00:60",
        "2024-03-01T10:15:30.5+00-00",
        "2024-03-01T10:15:30.5+0:00",
        "2024-03-01T10:15:30.5*00:00",
        "2024-03-01T10:15:30.5+",
        "2024-03-01T10.15:30.5Z",
        "2024-03-01t10:15:30.5Z",
        "2024/03-01T10:15:30.5Z",
        "2024-03/01T10:15:30.5Z",
        "+024-03-01T10:15:30.5Z",
      })
  void a_text_that_is_no_instant_is_only_a_text(String text) {
    sheet.holdsNot("t == \"" + text + "\"", "date(t) == \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T23:59:59Z, 2024-03-01T00:00:00Z",
    "2023-12-31T23:59Z, 2024-01-01T00:00+00:00",
    "2024-03-01T00:00:00.1Z, 2024-03-01T00:00:00.11Z",
    "2024-03-01T00:00:00+00:01, 2024-03-01T00:00:00Z",
    "2024-03-01T23:00:00+23:59, 2024-03-01T00:00:00-23:59",
    "0000-01-01T00:00:00Z, 9999-12-31T23:59:59.999999999Z",
  })
  void instants_are_ordered(String before, String after) {
    sheet.holds(
        "\"" + before + "\" < \"" + after + "\"",
        "\"" + after + "\" > \"" + before + "\"",
        "\"" + before + "\" != \"" + after + "\"");
  }
}

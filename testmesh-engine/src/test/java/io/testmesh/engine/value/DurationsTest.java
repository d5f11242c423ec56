package io.testmesh.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S", "30s, PT30S", "5m, PT5M", "2h, PT2H", "1h30m, PT1H30M",
        "1h2m3s4ms, PT1H2M3.004S",
    "1.5s, PT1.5S", "0.5h, PT30M", "0, PT0S", "0s, PT0S", "1500, PT1.5S", "90m, PT1H30M"
  })
  void texts_with_units_are_durations(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "5 s",
        " 5s",
        "5s ",
        "-5s",
        "+5s",
        "5S",
        "5sec",
        "30m1h",
        "1m1m",
        "1h30",
        ".5s",
        "5.s",
        "1.2.3s",
        "1e3",
        "5d",
        "999999999999h",
        "99999999999999999999999999ms",
        "${X}",
        "PT5S",
        "٣s"
      })
  void anything_else_is_none(String text) {
    assertThat(Durations.parse(text)).isNull();
  }

  @Test
  void numbers_are_milliseconds() {
    assertThat(Durations.parse(250L)).isEqualTo(Duration.ofMillis(250));
    assertThat(Durations.parse(0.5)).isEqualTo(Duration.ofNanos(500_000));
    assertThat(Durations.parse(-1L)).isNull();
    assertThat(Durations.parse(Long.MAX_VALUE)).isNull();
    assertThat(Durations.parse(BigInteger.TEN.pow(400))).isNull();
  }

  @Test
  void other_values_are_none() {
    assertThat(Durations.parse(null)).isNull();
    assertThat(Durations.parse(true)).isNull();
    assertThat(Durations.parse(List.of(30L, "s"))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0ms", "PT0.25S, 250ms", "PT90M, 1h30m", "PT1H0M1.001S, 1h1s1ms", "PT48H, 48h"})
  void a_duration_is_shown_as_a_flow_writes_it(Duration duration, String text) {
    assertThat(Durations.render(duration)).isEqualTo(text);
  }
}

package io.testmesh.integrations.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:30:00.000000001Z");

  @Test
  void points_in_time_are_written_in_many_ways() throws Exception {
    assertThat(Times.of("now", "start", NOW)).isEqualTo(NOW);
    assertThat(Times.of("-5m", "start", NOW)).isEqualTo(NOW.minusSeconds(300));
    assertThat(Times.of("now-1h30m", "start", NOW)).isEqualTo(NOW.minusSeconds(5400));
    assertThat(Times.of("2026-11-26T11:30:00+01:00", "start", NOW))
        .isEqualTo(Instant.parse("2026-11-26T10:30:00Z"));
    assertThat(Times.of(1_795_436_910L, "start", NOW))
        .isEqualTo(Instant.ofEpochSecond(1_795_436_910L));
    assertThat(Times.of("1795436910.5", "start", NOW))
        .isEqualTo(Instant.ofEpochSecond(1_795_436_910L, 500_000_000));
    for (String odd : new String[] {"yesterday", "x", "5m", "2026-13-01T00:00:00Z", "-5x"}) {
      assertThatThrownBy(() -> Times.of(odd, "start", NOW))
          .as(odd)
          .hasMessageContaining("\"start\"");
    }
  }

  @Test
  void servers_get_them_without_loss() {
    assertThat(Times.nanos(NOW)).isEqualTo("1795689000000000001");
    assertThat(Times.seconds(NOW)).isEqualTo("1795689000.000000001");
    assertThat(Times.ofNanos(-1)).isEqualTo(Instant.parse("1969-12-31T23:59:59.999999999Z"));
  }
}

package io.testmesh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.plugin.Row;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a plugin has to wait, and when it is given up. */
final class CrashesTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Crashes crashes = new Crashes();

  @Test
  @Row("F2")
  void each_crash_doubles_the_wait_up_to_half_a_minute() {
    assertThat(crashes.waitNanos(0)).isZero();
    long[] seconds = new long[10];
    for (int i = 0; i < seconds.length; i++) {
      crashes.add(0);
      seconds[i] = Duration.ofNanos(crashes.waitNanos(0)).toMillis();
    }

    assertThat(seconds)
        .containsExactly(500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000, 30000);
    assertThat(crashes.waitNanos(MINUTE)).isZero();
  }

  @Test
  @Row("F2")
  void three_in_five_minutes_are_too_many() {
    crashes.add(0);
    crashes.add(3 * MINUTE);
    assertThat(crashes.isLoop()).isFalse();
    crashes.add(6 * MINUTE);
    assertThat(crashes.isLoop()).isFalse();
    crashes.add(7 * MINUTE);
    assertThat(crashes.isLoop()).isTrue();
    crashes.clear();
    assertThat(crashes.isLoop()).isFalse();
  }
}

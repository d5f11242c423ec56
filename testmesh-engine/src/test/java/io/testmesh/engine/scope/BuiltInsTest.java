package io.testmesh.engine.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BuiltInsTest {
  private static final String UUID_4 =
      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

  /** A clock elsewhere: the names are in UTC wherever the machine stands. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneId.of("Pacific/Auckland"));

  private static BuiltIns builtIns(Long seed) {
    return new BuiltIns(CLOCK, seed, Map.of("FLOW_NAME", "f"));
  }

  @Test
  void every_name_of_the_time_is_in_utc_with_leading_zeros() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("TIMESTAMP", "2026-01-02T03:04:05.678Z");
    expected.put("ISO_TIMESTAMP", "2026-01-02T03:04:05.678Z");
    expected.put("TIMESTAMP_UNIX", 1767323045L);
    expected.put("$timestamp", 1767323045L);
    expected.put("DATE", "2026-01-02");
    expected.put("TIME", "03:04:05");
    expected.put("DATETIME", "2026-01-02 03:04:05");
    expected.put("YEAR", "2026");
    expected.put("MONTH", "01");
    expected.put("DAY", "02");
    expected.put("HOUR", "03");
    expected.put("MINUTE", "04");
    expected.put("SECOND", "05");
    BuiltIns builtIns = builtIns(null);

    expected.forEach((name, value) -> assertThat(builtIns.find(name)).as(name).isEqualTo(value));
    Set<String> rest = new HashSet<>(BuiltIns.names());
    rest.removeAll(expected.keySet());
    assertThat(rest)
        .containsExactlyInAnyOrder(
            "RANDOM_ID", "UUID", "$uuid", "RANDOM_INT", "$random_int", "RANDOM_STRING");
  }

  @Test
  void every_random_name_has_its_form_and_is_fresh_at_each_use() {
    BuiltIns builtIns = builtIns(null);
    for (String name : new String[] {"RANDOM_ID", "UUID", "$uuid"}) {
      assertThat((String) builtIns.find(name)).as(name).matches(UUID_4);
    }
    Set<Object> numbers = new HashSet<>();
    Set<Object> texts = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      assertThat((Long) builtIns.find("RANDOM_INT")).isBetween(0L, 999_999L);
      numbers.add(builtIns.find("$random_int"));
      texts.add(builtIns.find("RANDOM_STRING"));
    }
    assertThat(numbers).hasSizeGreaterThan(150);
    assertThat(texts).hasSize(200).allMatch(text -> ((String) text).matches("[A-Za-z0-9]{16}"));
  }

  @Test
  void a_seed_repeats_every_random_name() {
    BuiltIns one = builtIns(5L);
    BuiltIns same = builtIns(5L);
    BuiltIns other = builtIns(6L);
    for (String name : BuiltIns.names()) {
      assertThat(one.find(name)).as(name).isEqualTo(same.find(name));
    }
    assertThat(one.find("UUID")).isNotEqualTo(other.find("UUID"));
  }

  @Test
  void constants_are_found_and_other_names_are_not() {
    assertThat(builtIns(null).find("FLOW_NAME")).isEqualTo("f");
    assertThat(builtIns(null).find("NOBODY")).isNull();
  }
}

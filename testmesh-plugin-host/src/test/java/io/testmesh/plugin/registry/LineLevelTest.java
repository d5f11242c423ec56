package io.testmesh.plugin.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.plugin.Row;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How grave a line of output is. */
final class LineLevelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"level\": \"warning\", \"msg\": \"slow\"} | warn",
        "{\"severity\":\"ERROR\"} | error",
        "{\"@level\":\"trace\"} | debug",
        "[WARN] slow | warn",
        "INFO: ready | info",
        "Traceback (most recent call last): | error",
        "CRITICAL:root:gone | error",
      })
  @Row("E6")
  void what_common_loggers_write_has_a_level(String line, String level) {
    assertThat(LineLevel.of(line)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "listening on port 5",
        "{\"level\": 30}",
        "{\"level\": {\"deep\": 1}}",
        "{\"level\": \"warn\"",
        "{\"level\": \"purple\"}",
        "[not a level] at all",
        "errors will follow",
        "http://127.0.0.1",
        "``",
      })
  @Row("E6")
  void anything_else_is_a_plain_line(String line) {
    assertThat(LineLevel.of(line)).isNull();
  }

  @Test
  @Row("E6")
  void a_record_has_the_level_only_where_there_is_one() {
    assertThat(new OutputLine(Instant.EPOCH, "stderr", "ERROR: no").toMap())
        .containsEntry("level", "error");
    assertThat(new OutputLine(Instant.EPOCH, "stderr", "no").toMap()).doesNotContainKey("level");
  }
}

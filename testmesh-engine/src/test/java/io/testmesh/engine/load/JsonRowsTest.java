package io.testmesh.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.result.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRowsTest {
  private static JsonRows.Loaded read(String text) {
    return JsonRows.read("rows.json", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void rows_are_read_in_order() {
    JsonRows.Loaded loaded = read("[{\"a\": 1, \"b\": null}, {\"a\": \"x\", \"b\": [2]}]");

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.rows()).hasSize(2);
    assertThat(loaded.rows().get(0)).containsEntry("a", 1L).containsEntry("b", null);
    assertThat(loaded.rows().get(1)).isEqualTo(Map.of("a", "x", "b", List.of(2L)));
    assertThat(read("[]").rows()).isEmpty();
    assertThat(read("[]").problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | rows.json:1:1 a list of rows is wanted, and the file holds nothing; a file without rows holds []",
        "{\"a\": 1} | rows.json:1:1 a data source wants a list of rows, got a map: {a: 1}; [{\"column\": \"value\"}, …]",
        "[{\"a\": 1} | rows.json:1:1 the \"[\" that opens here is not closed",
      })
  void another_file_says_what_is_wanted(String text, String problem) {
    JsonRows.Loaded loaded = read(text);

    assertThat(loaded.problems()).extracting(Problem::toString).containsExactly(problem);
    assertThat(loaded.rows()).isEmpty();
  }

  @Test
  void a_row_that_does_not_fit_is_told() {
    assertThat(read("[{\"a\": 1}, 5, {\"b\": 1}]").problems())
        .extracting(problem -> problem.span().column())
        .hasSizeGreaterThanOrEqualTo(2)
        .startsWith(12);
  }
}

package io.testmesh.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowListing;
import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.Selection;
import io.testmesh.result.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowSelectionTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("inline.yaml"),
        """
        flow:
          name: pay ${amount} ${currency}
          config: {secrets: [pin]}
          data_source:
            type: inline
            rows:
              - {amount: 1, pin: 4711-0815}
              - amount: 20
                pin: 1234-5678
              - {amount: 300, pin: 9999-0000}
          steps:
            - action: log
              config: {message: x}
        """);
    Files.writeString(folder.resolve("users.csv"), "name\nAda\nGrace\n");
    Files.writeString(
        folder.resolve("csv.yaml"),
        """
        flow:
          name: greet
          data_source: {type: csv, file: users.csv}
          steps: [{action: log, config: {message: x}}]
        """);
  }

  private FlowListing list(UnaryOperator<Selection.Builder> more, String... places) {
    try (FlowRunner runner =
        FlowRunner.builder().workingFolder(folder).variable("currency", "EUR").build()) {
      FlowSet set = runner.tools().select(more.apply(Selection.of(List.of(places))).build());
      List<Problem> problems = new ArrayList<>(set.problems());
      FlowListing listing = runner.tools().list(set, Map.of());
      problems.addAll(listing.problems());
      return new FlowListing(listing.items(), problems);
    }
  }

  private List<String> names(String... places) {
    FlowListing listing = list(more -> more, places);
    assertThat(listing.problems()).isEmpty();
    return listing.items().stream().map(FlowListing.Item::name).toList();
  }

  @Test
  void a_list_shows_every_row_with_its_name_values_and_place_and_no_secret() {
    FlowListing listing = list(more -> more, "inline.yaml");

    assertThat(listing.items())
        .extracting(FlowListing.Item::name)
        .containsExactly("pay 1 EUR", "pay 20 EUR", "pay 300 EUR");
    assertThat(listing.items()).extracting(item -> item.place().line()).containsExactly(7, 8, 10);
    assertThat(listing.items().get(1).row()).isEqualTo(Map.of("amount", 20L, "pin", "***"));
  }

  @Test
  void a_line_of_a_row_selects_the_row_and_any_other_line_the_flow() {
    assertThat(names("inline.yaml:7")).containsExactly("pay 1 EUR");
    assertThat(names("inline.yaml:9")).containsExactly("pay 20 EUR");
    assertThat(names("inline.yaml:2")).hasSize(3);
    assertThat(names("inline.yaml:12")).hasSize(3);
  }

  @Test
  void rows_of_one_file_that_are_named_one_by_one_run_once_each_in_their_order() {
    assertThat(names("inline.yaml:10", "inline.yaml:7", "inline.yaml:7"))
        .containsExactly("pay 1 EUR", "pay 300 EUR");
    assertThat(names("inline.yaml:10", "inline.yaml")).hasSize(3);
    assertThat(names("inline.yaml", "inline.yaml:10")).hasSize(3);
  }

  @Test
  void a_name_selects_the_row_that_is_called_so() {
    assertThat(names("inline.yaml::pay 20 EUR")).containsExactly("pay 20 EUR");
    assertThat(names("csv.yaml::greet")).containsExactly("greet", "greet");
    assertThat(list(more -> more, "csv.yaml::greet [2]").items())
        .extracting(FlowListing.Item::row)
        .containsExactly(Map.of("name", "Grace"));
    assertThat(list(more -> more, "csv.yaml::greet [3]").items()).isEmpty();
  }

  @Test
  void a_part_of_a_name_selects_the_rows_that_have_it() {
    FlowListing listing = list(more -> more.name("PAY 20"), ".");

    assertThat(listing.items()).extracting(FlowListing.Item::name).containsExactly("pay 20 EUR");
    assertThat(list(more -> more.name("greet"), ".").items()).hasSize(2);
  }

  @Test
  void data_that_cannot_be_read_is_a_problem_of_the_list() throws IOException {
    Files.writeString(folder.resolve("users.csv"), "name\nAda,x\n");
    FlowListing listing = list(more -> more, ".");

    assertThat(listing.items()).hasSize(3);
    assertThat(listing.problems())
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .startsWith("users.csv:2:1 row 1 has 2 cells");
  }
}

package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowSet;
import io.testmesh.action.ActionResult;
import io.testmesh.event.RunEvent;
import io.testmesh.flow.DataSource;
import io.testmesh.flow.Flow;
import io.testmesh.flow.Step;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataRowsTest {
  private static final String CSV_FLOW =
      """
      flow:
        name: user ${name}
        data_source: {type: csv, file: users.csv}
        steps: [{action: mark, config: {name: "${name}/${city}"}}]
      """;

  @TempDir Path folder;
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit = new FlowKit(folder);
    kit.options().parallel(1);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private RunResult csv(String rows) {
    kit.write("users.csv", rows);
    return kit.run(CSV_FLOW);
  }

  private String problem(String rows) {
    RunResult result = csv(rows);
    assertThat(result.status()).isEqualTo(RunStatus.INVALID);
    assertThat(result.flows()).isEmpty();
    assertThat(kit.marks()).isEmpty();
    assertThat(result.problems()).hasSize(1);
    Problem problem = result.problems().get(0);
    return problem.code() + ": " + problem + "\n" + String.join("\n", problem.excerpt());
  }

  @Test
  void a_file_in_another_encoding_is_named_as_what_it_is() throws IOException {
    Files.write(folder.resolve("users.csv"), "name,city\n".getBytes(StandardCharsets.UTF_16));
    Files.write(folder.resolve("users.json"), "[]".getBytes(StandardCharsets.UTF_16));

    assertThat(kit.run(CSV_FLOW).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "users.csv:1:1 the file is written in UTF-16, a CSV file in UTF-8; save it as UTF-8");
    assertThat(kit.run(CSV_FLOW.replace("csv", "json")).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "users.json:1:1 the file is written in UTF-16, a JSON file in UTF-8; save it as"
                + " UTF-8");
  }

  @Test
  void every_row_is_a_result_of_its_own_with_its_values_and_name() {
    RunResult result = csv("name,city\nAda,London\nGrace,New York\n");

    assertThat(result.status()).isEqualTo(RunStatus.PASSED);
    assertThat(result.summary().flows()).isEqualTo(2);
    assertThat(result.flows())
        .extracting(FlowResult::name)
        .containsExactly("user Ada", "user Grace");
    assertThat(result.flows().get(1).row().orElseThrow())
        .isEqualTo(Map.of("name", "Grace", "city", "New York"));
    assertThat(kit.marks()).containsExactly("Ada/London", "Grace/New York");
  }

  @Test
  void cells_are_text_and_an_empty_one_is_the_empty_text() {
    RunResult result =
        csv("\uFEFFname,city\r\n\"Hopper, \"\"Grace\"\"\",\r\n007,\"two\r\nlines\"\r\n\r\n");

    assertThat(result.problems()).isEmpty();
    assertThat(kit.marks()).containsExactly("Hopper, \"Grace\"/", "007/two\r\nlines");
    assertThat(result.flows().get(1).row().orElseThrow()).containsEntry("name", "007");
  }

  @Test
  void a_row_with_too_few_cells_is_a_problem_at_its_place_in_the_csv_file() {
    assertThat(problem("name,city\nAda,London\n\"Gra\nce\"\n"))
        .isEqualTo(
            """
            invalid_value: users.csv:3:1 row 2 has 1 cell, and there are 2 columns: name, city
                2 | Ada,London
                3 | "Gra
                  | ^^^^""");
  }

  @Test
  void a_row_with_too_many_cells_is_a_problem_with_a_hint_about_quotes() {
    assertThat(problem("name,city\nHopper, Grace,London\n"))
        .isEqualTo(
            """
            invalid_value: users.csv:2:1 row 1 has 3 cells, and there are 2 columns: name, city; \
            a cell with a comma in it is put in quotes: "a, b"
                1 | name,city
                2 | Hopper, Grace,London
                  | ^^^^^^^^^^^^^^^^^^^^""");
  }

  @Test
  void quotes_that_are_not_closed_or_stand_inside_of_a_cell_are_problems() {
    assertThat(problem("name,city\nAda,\"Lon\ndon\n"))
        .startsWith("invalid_value: users.csv:2:5 the quote that opens this cell is not closed");
    assertThat(problem("name,city\n5\" disk,London\n"))
        .startsWith("invalid_value: users.csv:2:2 a quote stands inside of a cell");
    assertThat(problem("name,city\n\"Ada\" ,London\n"))
        .startsWith("invalid_value: users.csv:2:6 text follows the closing quote of a cell");
  }

  @Test
  void a_header_with_a_column_twice_or_without_a_name_is_a_problem() {
    assertThat(problem("name,city,name\n"))
        .startsWith("invalid_value: users.csv:1:11 two columns are called \"name\"");
    assertThat(problem("name,,city\n"))
        .startsWith("invalid_value: users.csv:1:6 column 2 has no name");
    assertThat(problem("name, city\n"))
        .startsWith("invalid_value: users.csv:1:6 the column name \" city\" begins or ends with");
    assertThat(problem("")).startsWith("invalid_value: users.csv:1:1 the file is empty");
  }

  @Test
  void a_csv_file_that_is_not_utf_8_is_a_problem_at_the_byte() throws IOException {
    Files.write(folder.resolve("users.csv"), "name,city\nZo\u00eb,x\n".getBytes("ISO-8859-1"));
    RunResult result = kit.run(CSV_FLOW);

    assertThat(result.problems())
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .startsWith("users.csv:2:3 the byte 0xEB");
  }

  @Test
  void a_file_that_is_not_there_is_found_before_anything_runs() {
    kit.write("user.csv", "name,city\n");
    assertThat(kit.problems(CSV_FLOW))
        .containsExactly(
            "file_not_found: flow-1.yaml:3:34 the data source \"users.csv\" is not there; "
                + "did you mean \"user.csv\"?");
  }

  @Test
  void no_rows_is_nothing_selected_and_said() {
    RunResult result = csv("name,city\n");

    assertThat(result.status()).isEqualTo(RunStatus.EMPTY);
    assertThat(result.notes())
        .containsExactly("flow-1.yaml not selected: its data source has no rows");
    RunResult inline =
        kit.run(
            """
            flow:
              name: none
              data_source: {type: inline, rows: []}
              steps: [{action: mark, config: {name: "${column}"}}]
            """);
    assertThat(inline.problems()).isEmpty();
    assertThat(inline.status()).isEqualTo(RunStatus.EMPTY);
  }

  @Test
  void json_rows_keep_the_types_of_their_values() {
    kit.write("rows.json", "[{\"n\": 1.5, \"who\": null}, {\"n\": [1], \"who\": {\"a\": true}}]");
    RunResult result =
        kit.run(
            """
            flow:
              name: json
              data_source: {type: json, file: rows.json}
              steps: [{id: m, action: mark, config: {name: x, value: ["${n}", "${who}"]}}]
            """);

    assertThat(result.flows())
        .extracting(flow -> ((StepResult) flow.steps().get(0)).config().get("value").toString())
        .containsExactly("[1.5, null]", "[[1], {a=true}]");
  }

  @Test
  void json_rows_with_other_columns_are_problems_in_the_json_file() {
    kit.write("rows.json", "[{\"name\": 1},\n {\"nmae\": 2}]");
    assertThat(
            kit.problems(
                """
                flow:
                  name: json
                  data_source: {type: json, file: rows.json}
                  steps: [{action: mark, config: {name: "${name}"}}]
                """))
        .containsExactly(
            "invalid_value: rows.json:2:2 row 2 has no column \"name\", which row 1 has",
            "invalid_value: rows.json:2:3 row 2 has a column \"nmae\" that row 1 does not have; "
                + "did you mean \"name\"?");
  }

  @Test
  void a_json_file_that_is_no_list_says_what_is_wanted() {
    kit.write("rows.json", "{\"rows\": []}");
    assertThat(
            kit.problems(
                """
                flow:
                  name: json
                  data_source: {type: json, file: rows.json}
                  steps: [{action: mark, config: {name: x}}]
                """))
        .singleElement()
        .asString()
        .startsWith("wrong_type: rows.json:1:1 a data source wants a list of rows, got a map");
  }

  @Test
  void a_column_hides_variables_and_is_hidden_by_outputs() {
    kit.variable("a", "run-time").variable("b", "run-time");
    RunResult result =
        kit.run(
            """
            flow:
              name: order
              env: {a: env}
              data_source: {type: inline, rows: [{a: row}]}
              steps:
                - {id: first, action: mark, config: {name: "${a}-${b}-${__iteration}"}, output: {a: name}}
                - {action: mark, config: {name: "${a} of ${__total_iterations}"}}
            """);

    assertThat(result.problems()).isEmpty();
    assertThat(kit.marks()).containsExactly("row-run-time-1", "row-run-time-1 of 1");
  }

  @Test
  void a_name_that_is_no_column_is_found_before_the_run() {
    kit.write("users.csv", "name,city\nAda,London\n");
    assertThat(
            kit.problems(
                """
                flow:
                  name: "${nmae}"
                  data_source: {type: csv, file: users.csv}
                  steps: [{action: mark, config: {name: "${citi}"}}]
                """))
        .containsExactly(
            "undefined_variable: flow-1.yaml:2:12 nothing is known under the name \"nmae\"; "
                + "did you mean \"name\"?",
            "undefined_variable: flow-1.yaml:4:44 nothing is known under the name \"citi\"; "
                + "did you mean \"city\"?");
  }

  @Test
  void a_row_that_fails_does_not_touch_the_others_unless_the_run_stops_at_the_first() {
    String flow =
        """
        flow:
          name: codes
          data_source: {type: inline, rows: [{ok: true}, {ok: false}, {ok: true}]}
          steps: [{action: mark, config: {name: x}, assert: [ok]}]
        """;
    assertThat(kit.run(flow).flows())
        .extracting(FlowResult::status)
        .containsExactly(Status.PASSED, Status.FAILED, Status.PASSED);

    kit.options().failFast(true);
    RunResult stopped = kit.run(flow);
    assertThat(stopped.flows())
        .extracting(FlowResult::status)
        .containsExactly(Status.PASSED, Status.FAILED, Status.CANCELLED);
    assertThat(stopped.flows().get(2).row().orElseThrow()).isEqualTo(Map.of("ok", true));
  }

  @Test
  void rows_run_side_by_side_and_are_reported_in_order() {
    StringBuilder rows = new StringBuilder("name,city\n");
    for (int i = 1; i <= 500; i++) {
      rows.append("n").append(i).append(",c\n");
    }
    kit.options().parallel(50);
    RunResult result = csv(rows.toString());

    assertThat(result.summary().passed()).isEqualTo(500);
    for (int i = 0; i < 500; i++) {
      assertThat(result.flows().get(i).name()).isEqualTo("user n" + (i + 1));
    }
  }

  @Test
  void a_secret_of_a_row_is_shown_nowhere_also_when_its_row_did_not_start() {
    String flow =
        """
        flow:
          name: login ${password}
          config: {secrets: [password]}
          data_source: {type: csv, file: users.csv}
          steps: [{action: mark, config: {name: "${password}"}, assert: ["name == 'x'"]}]
        """;
    kit.write("users.csv", "user,password\nada,hunter22\ngrace,c0b0l-1959\n");
    kit.options().failFast(true);
    RunResult result = kit.run(flow);

    assertThat(result.summary().failed()).isEqualTo(1);
    assertThat(result.summary().cancelled()).isEqualTo(1);
    for (FlowResult one : result.flows()) {
      assertThat(one.name()).isEqualTo("login ***");
      assertThat(one.row().orElseThrow()).containsEntry("password", "***");
    }
    for (RunEvent event : kit.events()) {
      assertThat(event.toString()).doesNotContain("hunter22").doesNotContain("c0b0l");
    }
    kit.write("users.csv", "user,password\nada,hunter22,more\n");
    Problem ragged = kit.run(flow).problems().get(0);
    assertThat(ragged.toString()).startsWith("users.csv:2:1").doesNotContain("hunter22");
    assertThat(ragged.excerpt()).isEmpty();
  }

  @Test
  void rows_of_a_flow_made_in_java_run_too() {
    Flow flow =
        Flow.builder("made ${n}")
            .dataSource(DataSource.inline(List.of(Map.of("n", 1), Map.of("n", 2))))
            .step(Step.of("mark").config("name", "${n}"))
            .build();
    RunResult result = kit.runner().run(FlowSet.of(flow), kit.options().build());

    assertThat(result.problems()).isEmpty();
    assertThat(result.flows()).extracting(FlowResult::name).containsExactly("made 1", "made 2");
  }

  @Test
  void a_file_that_changes_under_the_run_is_an_error_and_no_silent_end() {
    kit.write("users.csv", "name,city\nAda,London\nGrace,New York\n");
    kit.with(
        "change",
        context -> {
          kit.write("users.csv", "name,city\nAda,London\n");
          return ActionResult.of("name", "x");
        });
    RunResult result =
        kit.run(
            """
            flow:
              name: first
              steps: [{action: change}]
            """);
    assertThat(result.status()).isEqualTo(RunStatus.PASSED);
    kit.write("users.csv", "name,city\nAda,London\nGrace,New York\n");
    FlowSet both =
        kit.runner()
            .load(
                kit.write("a.yaml", "flow: {name: first, steps: [{action: change}]}"),
                kit.write("b.yaml", CSV_FLOW));
    RunResult changed = kit.runner().run(both, kit.options().build());

    assertThat(changed.status()).isEqualTo(RunStatus.ERROR);
    assertThat(changed.flows())
        .extracting(FlowResult::status)
        .containsExactly(Status.PASSED, Status.PASSED, Status.ERROR);
    assertThat(changed.flows().get(2).failure().orElseThrow().message())
        .isEqualTo("the rows cannot be read: the file changed after it was checked");
  }

  @Test
  void a_name_that_has_no_value_fails_the_flow_and_its_steps_do_not_run() {
    RunResult result =
        kit.run(
            """
            flow:
              name: half of ${n / 0}
              data_source: {type: inline, rows: [{n: 1}]}
              steps: [{action: mark, config: {name: x}}]
            """);

    assertThat(kit.marks()).isEmpty();
    assertThat(result.flows().get(0).status()).isEqualTo(Status.FAILED);
    assertThat(result.flows().get(0).failure().orElseThrow().message())
        .startsWith("the flow's name has no value: ");
  }

  @Test
  void valid_rows_run_beside_a_file_that_is_not_valid_when_that_is_asked_for() {
    kit.write("ragged.csv", "a\n1,2\n");
    Path ragged =
        kit.write(
            "a.yaml",
            """
            flow:
              name: ragged
              data_source: {type: csv, file: ragged.csv}
              steps: [{action: mark, config: {name: ragged}}]
            """);
    kit.write("users.csv", "name,city\nAda,London\nGrace,New York\n");
    FlowSet set = kit.runner().load(ragged, kit.write("b.yaml", CSV_FLOW));

    assertThat(kit.runner().run(set, kit.options().build()).flows()).isEmpty();
    assertThat(kit.marks()).isEmpty();
    kit.options().continueOnInvalid(true).parallel(4);
    RunResult result = kit.runner().run(set, kit.options().build());
    assertThat(result.status()).isEqualTo(RunStatus.INVALID);
    assertThat(result.summary().passed()).isEqualTo(2);
    assertThat(kit.marks()).containsExactlyInAnyOrder("Ada/London", "Grace/New York");
  }

  @Test
  void a_blank_line_is_no_row_and_columns_count_characters() {
    RunResult result = csv("name,city\n\nAda,London\n\n\nGrace,\"New\n\nYork\"\n\n");
    assertThat(result.summary().passed()).isEqualTo(2);

    RunResult wrong = csv("name,city\n\uD83D\uDE00,x\"y\n");
    assertThat(wrong.problems().get(0).span().column()).isEqualTo(4);
  }

  @Test
  void a_column_may_not_have_the_name_of_a_counter() {
    assertThat(problem("name,__iteration\nAda,1\n"))
        .startsWith("invalid_value: users.csv:1:6 \"__iteration\" is a name of the language");
  }

  @Test
  void many_bad_rows_are_not_all_shown() {
    RunResult result = csv("name,city\n" + "x\n".repeat(30));

    assertThat(result.problems()).hasSize(21);
    assertThat(result.problems().get(20).message()).isEqualTo("10 more rows are not shown");
  }

  @Test
  void a_column_with_the_name_of_a_counter_is_a_problem() {
    assertThat(
            kit.problems(
                """
                flow:
                  name: counters
                  data_source: {type: inline, rows: [{__iteration: 7}]}
                  steps: [{action: mark, config: {name: "${__iteration}"}}]
                """))
        .containsExactly(
            "invalid_value: flow-1.yaml:3:3 the column \"__iteration\" has the name of a counter of"
                + " the rows; give it another name");
  }
}

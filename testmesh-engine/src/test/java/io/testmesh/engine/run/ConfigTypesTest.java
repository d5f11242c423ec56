package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.result.FlowResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTypesTest {
  @TempDir Path folder;
  private FlowKit kit;

  @BeforeEach
  void open() {
    kit = new FlowKit(folder).with(new Typed());
  }

  @AfterEach
  void close() {
    kit.close();
  }

  /** An action with a key of each type. */
  private static final class Typed implements ActionHandler {
    private final ActionDescriptor descriptor =
        ActionDescriptor.of("typed")
            .optional("text", ConfigType.TEXT, "t")
            .optional("whole", ConfigType.INTEGER, "t")
            .optional("number", ConfigType.NUMBER, "t")
            .optional("flag", ConfigType.BOOLEAN, "t")
            .optional("wait_time", ConfigType.DURATION, "t")
            .optional("colour", ConfigType.choice("red", "green"), "t")
            .optional("file", ConfigType.FILE, "t")
            .optional("names", ConfigType.listOf(ConfigType.TEXT), "t")
            .optional("ports", ConfigType.mapOf(ConfigType.INTEGER), "t")
            .optional(
                "either",
                ConfigType.oneOf(
                    ConfigType.INTEGER,
                    ConfigType.object(
                        ConfigKey.required("from", ConfigType.INTEGER, "t"),
                        ConfigKey.optional("upTo", ConfigType.INTEGER, 9L, "t"))),
                "t")
            .key(ConfigKey.optional("level", ConfigType.TEXT, "low", "t").alias("severity"))
            .openResult();

    @Override
    public ActionDescriptor descriptor() {
      return descriptor;
    }

    @Override
    public ActionResult execute(ActionContext context) {
      return ActionResult.of(context.config().values());
    }
  }

  private Map<String, Object> config(String config) {
    FlowResult flow =
        kit.runOne("flow:\n  name: a\n  steps: [{id: s, action: typed, config: " + config + "}]\n");
    assertThat(flow.failure()).isEmpty();
    return flow.step("s").result();
  }

  private String failure(String config) {
    return kit.runOne(
            "flow:\n  name: a\n  steps: [{id: s, action: typed, config: " + config + "}]\n")
        .failure()
        .orElseThrow()
        .message();
  }

  private List<String> problems(String config) {
    return kit.problems(
        "flow:\n  name: a\n  steps: [{id: s, action: typed, config: " + config + "}]\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text: [a]              | "text" wants a text, got a list
          whole: 1.5             | "whole" wants a whole number, got a number: 1.5
          whole: one             | "whole" wants a whole number, got a text: "one"
          number: true           | "number" wants a number, got a boolean: true
          flag: "yes"            | "flag" wants true or false, got a text: "yes"
          wait_time: soon        | "wait_time" wants a duration
          wait_time: -1s         | "wait_time" wants a duration
          colour: gren           | did you mean "green"?
          names: a               | "names" wants a list
          names: [[a]]           | "names[0]" wants a text, got a list
          ports: {a: b}          | "ports.a" wants a whole number, got a text: "b"
          ports: [1]             | "ports" wants a map
          either: {form: 1}      | unknown key "form" in "either"; did you mean "from"?
          either: a              | "either" wants
          txet: a                | unknown key "txet" in the config of typed; did you mean "text"?
          file: no.txt           | the file "no.txt" is not there
          text:                  | "text" wants a text, got null
          """)
  void what_does_not_fit_is_found_before_the_run(String config, String message) {
    assertThat(problems("{" + config + "}")).singleElement().asString().contains(message);
  }

  @Test
  void values_of_placeholders_are_held_against_the_types_in_the_run() {
    kit.variable("V", List.of("a"));
    assertThat(failure("{whole: \"${V}\"}"))
        .isEqualTo("\"whole\" wants a whole number, got a list: [\"a\"]");
    assertThat(failure("{either: {from: \"${V}\"}}"))
        .isEqualTo("\"from\" wants a whole number, got a list: [\"a\"]");
    assertThat(failure("{ports: {a: \"${V}\"}}"))
        .isEqualTo("\"ports.a\" wants a whole number, got a list: [\"a\"]");
  }

  @Test
  void values_keep_or_get_their_types() {
    kit.variable("N", 7L).variable("T", "8").variable("B", "true");
    assertThat(config("{text: \"${N}\", whole: \"${T}\", flag: \"${B}\", number: 1.5}"))
        .containsEntry("text", "7")
        .containsEntry("whole", 8L)
        .containsEntry("flag", true)
        .containsEntry("number", 1.5);
  }

  @ParameterizedTest
  @CsvSource({
    "19.99, 19.99",
    "0.1, 0.1",
    "1e23, 100000000000000000000000",
    "5.0, 5",
    "1e-7, 0.0000001",
    "0.12345678901234567891, 0.12345678901234567891",
    "7, 7",
    "123456789012345678901, 123456789012345678901",
    "true, true"
  })
  void a_number_where_a_text_is_wanted_has_the_digits_that_people_see(String json, String text) {
    kit.variable("DATA", kit.runner().tools().parseData("n.json", "{\"N\": " + json + "}"));

    assertThat(config("{text: \"${DATA.N}\"}")).containsEntry("text", text);
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "-12, -12", "1.5, 1.5", "-0.25, -0.25", "007.50, 7.5"})
  void a_text_of_digits_is_a_number_where_one_is_wanted(String text, double number) {
    kit.variable("T", text);

    assertThat(((Number) config("{number: \"${T}\"}").get("number")).doubleValue())
        .isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "1.", ".5", "1.2.3", "--1", "1-", "1e3", "x", "+1", "/", ":"})
  void another_text_is_no_number(String text) {
    kit.variable("T", text);

    assertThat(failure("{number: \"${T}\"}"))
        .isEqualTo("\"number\" wants a number, got a text: \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({"5.0, 5", "-5.00, -5", "9223372036854775807, 9223372036854775807", "1e3, 1000"})
  void a_number_without_a_fraction_is_whole(String json, long whole) {
    kit.variable("DATA", kit.runner().tools().parseData("n.json", "[" + json + "]"));

    assertThat(config("{whole: \"${DATA[0]}\"}")).containsEntry("whole", whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.5", "9223372036854775808", "1e19", "-9223372036854775809", "1e400"})
  void another_number_is_not(String json) {
    kit.variable("DATA", kit.runner().tools().parseData("n.json", "[" + json + "]"));

    assertThat(failure("{whole: \"${DATA[0]}\"}"))
        .startsWith("\"whole\" wants a whole number, got a number: ");
  }

  @Test
  void keys_have_one_spelling_and_their_defaults() {
    assertThat(config("{waitTime: 5s, severity: high, either: {from: 1, up_to: 3}}"))
        .containsEntry("wait_time", "5s")
        .containsEntry("level", "high")
        .containsEntry("either", Map.of("from", 1L, "upTo", 3L));
    assertThat(config("{either: {from: 1}}"))
        .containsEntry("level", "low")
        .containsEntry("either", Map.of("from", 1L, "upTo", 9L));
  }

  @Test
  void two_spellings_of_one_key_are_a_problem() {
    assertThat(problems("{wait_time: 5s, waitTime: 6s}"))
        .singleElement()
        .asString()
        .startsWith("duplicate_key:")
        .contains("another spelling of \"wait_time\"");
  }
}

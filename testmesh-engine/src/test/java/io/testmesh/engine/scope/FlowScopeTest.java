package io.testmesh.engine.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.ParsedTexts;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.Input;
import io.testmesh.flow.SourceTree;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which of several things a name means. */
class FlowScopeTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  private final Map<String, @Nullable Object> given = new LinkedHashMap<>();
  private final Map<String, ValueTemplate> env = new LinkedHashMap<>();
  private final Set<String> stepIds = Set.of("get", "later", "inner");

  private FlowScope scope() {
    Variables variables = Variables.of(Map.of(), env, given, Map.of());
    BuiltIns builtIns = new BuiltIns(CLOCK, 1L, Map.of("FLOW_NAME", "f"));
    return new FlowScope(variables, builtIns, Map.of("HOME", "/root", "later", "env"), stepIds);
  }

  private void env(String name, String text) {
    env.put(
        name,
        ValueTemplate.parse(
            text,
            SourceTree.NONE,
            new ParsedTexts(),
            problem -> {
              throw new AssertionError(problem);
            }));
  }

  private static Map<String, @Nullable Object> one(String key, @Nullable Object value) {
    Map<String, @Nullable Object> map = new HashMap<>();
    map.put(key, value);
    return map;
  }

  private static @Nullable Object value(String expression, Environment scope) throws Exception {
    return Expression.parse(expression).evaluate(scope);
  }

  @Test
  void loop_variables_win_over_outputs_and_those_over_step_ids() throws Exception {
    given.put("get", "variable");
    FlowScope scope = scope();
    assertThat(scope.find("get")).isEqualTo("variable");

    scope.add("get", Map.of("x", "result"), Map.of("y", "output"));
    assertThat(value("get.x", scope)).isEqualTo("result");
    assertThat(value("get.y", scope)).isEqualTo("output");
    assertThat(scope.find("y")).isEqualTo("output");

    scope.add("other", Map.of(), Map.of("get", "flat"));
    assertThat(scope.find("get")).isEqualTo("flat");
    assertThat(value("steps.get.x", scope)).isEqualTo("result");

    FlowScope nested = scope.nested(one("get", null));
    assertThat(nested.find("get")).isNull();
    assertThat(nested.find("y")).isEqualTo("output");
  }

  @Test
  void an_output_of_null_is_null_and_hides_what_comes_later() throws Exception {
    given.put("y", "variable");
    FlowScope scope = scope();
    scope.add("get", Map.of(), one("y", null));

    assertThat(scope.find("y")).isNull();
    assertThat(scope.nested(Map.of()).find("y")).isNull();
    assertThat(value("get.y", scope)).isNull();
    assertThat(scope.allVariables()).containsEntry("y", null);
  }

  @Test
  void an_output_of_the_outside_wins_over_a_step_id_of_the_inside() throws Exception {
    FlowScope outer = scope();
    outer.add("get", Map.of("x", 1L), Map.of("inner", "output"));
    FlowScope inner = outer.nested(Map.of());
    inner.add("inner", Map.of("x", 2L), Map.of("z", 3L));

    assertThat(inner.find("inner")).isEqualTo("output");
    assertThat(value("steps.inner.x", inner)).isEqualTo(2L);

    outer.addAll(inner);
    assertThat(outer.find("inner")).isEqualTo("output");
    assertThat(value("steps.inner.x", outer)).isEqualTo(2L);
    assertThat(outer.find("z")).isEqualTo(3L);
  }

  @Test
  void an_output_of_the_inside_hides_no_step_of_the_outside_for_good() throws Exception {
    FlowScope outer = scope();
    outer.add("get", Map.of("x", 1L), Map.of());
    FlowScope inner = outer.nested(Map.of());
    inner.add("inner", Map.of(), Map.of("get", "output"));
    outer.addAll(inner);

    assertThat(outer.find("get")).isEqualTo("output");
    assertThat(value("steps.get.x", outer)).isEqualTo(1L);
  }

  @Test
  void a_step_whose_id_is_an_earlier_output_is_reached_through_steps() throws Exception {
    FlowScope scope = scope();
    scope.add("inner", Map.of(), Map.of("get", "flat"));
    scope.add("get", Map.of("x", 1L), Map.of());

    assertThat(scope.find("get")).isEqualTo("flat");
    assertThat(value("steps.get.x", scope)).isEqualTo(1L);
    assertThat(scope.steps()).containsOnlyKeys("inner", "get");
    assertThat(scope.outputs()).containsOnlyKeys("get");
  }

  @Test
  void a_hidden_step_of_the_inside_is_reached_from_the_outside() throws Exception {
    FlowScope outer = scope();
    FlowScope inner = outer.nested(Map.of());
    inner.add("get", Map.of("x", 1L), Map.of());
    inner.add("inner", Map.of(), Map.of("get", "flat"));
    outer.addAll(inner);

    assertThat(outer.find("get")).isEqualTo("flat");
    assertThat(value("steps.get.x", outer)).isEqualTo(1L);
  }

  @Test
  void steps_and_vars_show_all_blocks_around() throws Exception {
    given.put("v", 1L);
    FlowScope outer = scope();
    outer.add("get", Map.of("x", 1L), Map.of("o", 2L));
    FlowScope inner = outer.nested(Map.of("item", 3L));
    inner.add("inner", Map.of("x", 4L), Map.of("p", 5L));

    assertThat(inner.find("item")).isEqualTo(3L);
    assertThat(inner.allSteps()).containsOnlyKeys("get", "inner");
    assertThat(inner.steps()).containsOnlyKeys("inner");
    assertThat(inner.allVariables()).isEqualTo(Map.of("v", 1L, "o", 2L, "item", 3L, "p", 5L));
    assertThat(outer.allVariables()).isEqualTo(Map.of("v", 1L, "o", 2L));
    assertThat(inner.all())
        .containsEntry("HOME", "/root")
        .containsEntry("item", 3L)
        .containsKeys("get", "inner");
    assertThat(inner.names()).contains("item", "p", "inner", "o", "get", "v", "UUID");
    assertThat(value("vars.item", inner)).isEqualTo(3L);
    assertThat(value("len(steps)", inner)).isEqualTo(2L);
  }

  @Test
  void built_ins_come_before_the_process_and_a_step_that_did_not_run_before_both()
      throws Exception {
    FlowScope scope = scope();

    assertThat(scope.find("HOME")).isEqualTo("/root");
    assertThat(scope.find("YEAR")).isEqualTo("2026");
    assertThat(scope.find("FLOW_NAME")).isEqualTo("f");
    assertThat(scope.find("nobody")).isSameAs(Environment.ABSENT);
    assertThat(scope.now()).isEqualTo(CLOCK.instant());
    assertThat(scope.isStepId("later")).isTrue();
    assertThat(scope.isStepId("HOME")).isFalse();
    assertThat(scope.find("later")).isSameAs(Environment.ABSENT);
    assertThat(scope.whyAbsent("later"))
        .isEqualTo("the step \"later\" has given nothing: it did not run, or its action failed");
    assertThat(scope.whyAbsent("nobody")).isNull();
  }

  @Test
  void a_path_needs_a_result() throws Exception {
    FlowScope scope = scope();
    ExpressionException failure =
        catchThrowableOfType(ExpressionException.class, () -> value("$.x", scope));

    assertThat(failure)
        .hasMessage("a path needs a result, and there is none here")
        .returns("name the step: steps[\"id\"] or id.body", ExpressionException::hint);
    assertThat(failure.start()).isZero();
    assertThat(failure.end()).isEqualTo(3);
  }

  @Test
  void an_env_entry_is_filled_in_once() throws Exception {
    env("id", "${UUID}");
    env("greeting", "id ${id}");
    FlowScope scope = scope();

    Object id = scope.find("id");
    assertThat(scope.find("id")).isEqualTo(id);
    assertThat(scope.find("greeting")).isEqualTo("id " + id);
    assertThat(scope.allVariables()).isEqualTo(Map.of("id", id, "greeting", "id " + id));
  }

  @Test
  void an_env_entry_that_needs_itself_is_an_error() {
    env("PATH", "${PATH}:/bin");
    FlowScope scope = scope();
    ExpressionException failure =
        catchThrowableOfType(ExpressionException.class, () -> value("1 + PATH", scope));

    assertThat(failure).hasMessageContaining("the variable \"PATH\" needs its own value");
    assertThat(failure.hint()).isEqualTo("give the outer value another name");
    assertThat(failure.code()).isEqualTo("variable_cycle");
  }

  @Test
  void an_env_entry_without_a_value_names_its_place_each_time() {
    env("url", "http://${hots}/");
    FlowScope scope = scope();
    for (int i = 0; i < 2; i++) {
      ExpressionException failure =
          catchThrowableOfType(ExpressionException.class, () -> scope.find("url"));
      assertThat(failure)
          .hasMessageStartingWith("the variable \"url\" (")
          .hasMessageEndingWith(") has no value: there is no variable \"hots\"");
      assertThat(failure.code()).isEqualTo("undefined_variable");
      assertThat(failure.end()).isEqualTo(3);
    }
  }

  @Test
  void variables_win_in_the_order_row_run_time_env_input() throws Exception {
    Map<String, Input> inputs = new LinkedHashMap<>();
    for (String name : List.of("a", "b", "c", "d")) {
      inputs.put(name, new Input(false, "input", null));
    }
    Map<String, ValueTemplate> entries = new LinkedHashMap<>();
    for (String name : List.of("a", "b", "c")) {
      entries.put(name, ValueTemplate.constant("env"));
    }
    Variables variables =
        Variables.of(inputs, entries, Map.of("a", "run", "b", "run"), Map.of("a", "row"));
    FlowScope scope =
        new FlowScope(variables, new BuiltIns(CLOCK, 1L, Map.of()), Map.of(), Set.of());

    List<Object> values = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      values.add(scope.find(name));
    }
    assertThat(values).containsExactly("row", "run", "env", "input");
    assertThat(variables.has("d")).isTrue();
    assertThat(variables.has("e")).isFalse();
    assertThat(variables.template("a")).isNull();
  }

  @Test
  void inherited_variables_are_filled_in_where_they_come_from() throws Exception {
    given.put("who", "outer");
    env("greeting", "hi ${who}");
    FlowScope outer = scope();
    Variables outerVariables = Variables.of(Map.of(), env, given, Map.of());
    Variables own = Variables.of(Map.of(), Map.of(), Map.of("who", "inner"), Map.of());
    own.inherit(outerVariables, outer);
    FlowScope scope = new FlowScope(own, new BuiltIns(CLOCK, 1L, Map.of()), Map.of(), Set.of());

    assertThat(scope.find("who")).isEqualTo("inner");
    assertThat(scope.find("greeting")).isEqualTo("hi outer");
  }

  @Test
  void an_assertion_sees_the_result_first_and_then_the_step() throws Exception {
    given.put("status", "variable");
    given.put("v", 1L);
    FlowScope outer = scope();
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("status", 200L);
    result.put("none", null);
    result.put("body", Map.of("id", 7L, "status", "inside"));
    ResultScope scope = new ResultScope(outer, result, result, "own-id");

    assertThat(value("status", scope)).isEqualTo(200L);
    assertThat(value("none", scope)).isNull();
    assertThat(value("v", scope)).isEqualTo(1L);
    assertThat(value("vars.status", scope)).isEqualTo("variable");
    assertThat(value("result.status + response.status + own-id.status", scope)).isEqualTo(600L);
    assertThat(value("$.status", scope)).isEqualTo(200L);
    assertThat(value("$.id", scope)).isEqualTo(7L);
    assertThat(value("$env.result.status", scope)).isEqualTo(200L);
    assertThat(value("$env.response.status", scope)).isEqualTo(200L);
    assertThat(value("$env.status", scope)).isEqualTo(200L);
    assertThat(value("$env.v", scope)).isEqualTo(1L);
    assertThat(scope.isStepId("own-id")).isTrue();
    assertThat(scope.isStepId("later")).isTrue();
    assertThat(scope.isStepId("status")).isFalse();
    assertThat(scope.names()).contains("status", "result", "response", "v");
    assertThat(scope.now()).isEqualTo(CLOCK.instant());
  }

  @Test
  void a_path_looks_into_the_body_of_the_whole_result_only() throws Exception {
    Map<String, @Nullable Object> result = Map.of("body", Map.of("id", 7L));
    ResultScope other = new ResultScope(scope(), result, List.of(1L), null);

    assertThat(value("$[0]", other)).isEqualTo(1L);
    assertThat(value("$..id", other)).isEqualTo(List.of());
    assertThat(value("$..id", new ResultScope(scope(), result, result, null)))
        .isEqualTo(List.of(7L));
    Map<String, @Nullable Object> none = one("body", null);
    assertThat(value("$.id ?? 1", new ResultScope(scope(), none, none, null))).isEqualTo(1L);
  }

  @Test
  void what_a_step_gave_has_its_outputs_before_its_result() {
    StepValues values = new StepValues(one("a", null), Map.of("a", 1L, "b", 2L));

    assertThat(values.get("a")).isNull();
    assertThat(values.get("b")).isEqualTo(2L);
    assertThat(values.get("c")).isNull();
    assertThat(values.containsKey("a")).isTrue();
    assertThat(values.containsKey("b")).isTrue();
    assertThat(values.containsKey("c")).isFalse();
    assertThat(values.toString()).contains("a=null", "b=2");
    assertThat(values).hasSize(2).containsEntry("a", null).containsEntry("b", 2L);
  }
}

package io.testmesh.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.ParsedTexts;
import io.testmesh.engine.path.JsonPath;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueTemplateTest {
  private final List<TemplateException> problems = new ArrayList<>();
  private final Environment names = new Names(Map.of("who", "Ada", "n", 7L, "ids", List.of(1L)));

  @Test
  void placeholders_are_filled_in_wherever_they_stand() throws Exception {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("z", "hello ${who}");
    written.put("a", List.of("${n}", Map.of("deep", "{{ids}}"), "plain", 3L));
    written.put("m", Map.of("x", "${who == \"Ada\"}"));
    ValueTemplate template = parse(written);

    Object rendered = template.render(names);

    assertThat(template.isConstant()).isFalse();
    assertThat(rendered)
        .isEqualTo(
            Map.of(
                "z", "hello Ada",
                "a", List.of(7L, Map.of("deep", List.of(1L)), "plain", 3L),
                "m", Map.of("x", true)));
    assertThat(((Map<?, ?>) rendered).keySet().toString()).isEqualTo("[z, a, m]");
  }

  @Test
  void a_value_without_placeholders_is_the_same_each_time() throws Exception {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("text", "no placeholder { here }");
    written.put("list", Arrays.asList(1L, null, Map.of()));
    written.put("nothing", null);
    ValueTemplate template = parse(written);

    assertThat(template.isConstant()).isTrue();
    assertThat(template.constantValue()).isEqualTo(written);
    assertThat(template.render(names)).isSameAs(template.constantValue());
    assertThat(template.renderPartly(names, any -> false)).isSameAs(template.constantValue());
    assertThat(template.texts()).isEmpty();
    assertThat(ValueTemplate.constant(null).constantValue()).isNull();
  }

  @Test
  void a_value_with_placeholders_has_no_constant_value() {
    assertThatThrownBy(() -> parse("${who}").constantValue())
        .isInstanceOf(IllegalStateException.class);
    assertThat(parse(List.of("a", List.of("${who}"))).isConstant()).isFalse();
  }

  @Test
  void what_is_rendered_cannot_be_changed() throws Exception {
    Map<?, ?> rendered = (Map<?, ?>) parse(Map.of("list", List.of("${who}"))).render(names);

    assertThatThrownBy(rendered::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((List<?>) rendered.get("list")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void only_the_known_names_are_filled_in_partly() {
    ValueTemplate template =
        parse(Map.of("a", List.of("${who}", "${later}", "${n} and ${later}"), "b", "${ids}"));

    Object partly =
        template.renderPartly(
            names, references -> references.stream().noneMatch(one -> one.name().equals("later")));

    assertThat(partly)
        .isEqualTo(
            Map.of("a", List.of("Ada", "${later}", "7 and ${later}"), "b", List.<Object>of(1L)));
  }

  @Test
  void the_texts_with_placeholders_are_listed_in_order() {
    ValueTemplate template = parse(List.of("${who}", "plain", Map.of("x", List.of("{{n}}"))));

    assertThat(template.texts())
        .extracting(text -> text.template().source())
        .containsExactly("${who}", "{{n}}");
    assertThat(template.texts())
        .extracting(text -> text.source().toString())
        .containsExactly("[0]", "[2, x, 0]");
  }

  @Test
  void a_text_that_is_no_template_is_told_with_its_place_and_stays_as_it_is() {
    ValueTemplate template = parse(Map.of("a", List.of("fine", "${1 +}")));

    assertThat(template.isConstant()).isTrue();
    assertThat(template.constantValue()).isEqualTo(Map.of("a", List.of("fine", "${1 +}")));
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).text()).isEqualTo("${1 +}");
    assertThat(problems.get(0).source()).hasToString("[a, 1]");
    assertThat(problems.get(0).error().code()).isEqualTo("expression_syntax");
    assertThat(problems.get(0)).hasMessage(problems.get(0).error().getMessage());
  }

  @Test
  void a_placeholder_without_a_value_names_its_text_and_place() {
    ValueTemplate template = parse(Map.of("a", List.of("hi ${nobody}")));

    TemplateException failure =
        catchThrowableOfType(TemplateException.class, () -> template.render(names));

    assertThat(failure).hasMessage("there is no variable \"nobody\"");
    assertThat(failure.text()).isEqualTo("hi ${nobody}");
    assertThat(failure.source()).hasToString("[a, 0]");
    assertThat(failure.error().start()).isEqualTo(5);
  }

  private ValueTemplate parse(Object value) {
    return ValueTemplate.parse(value, new Way(List.of()), new ParsedTexts(), problems::add);
  }

  /** A place that shows the way to it. */
  private record Way(List<Object> path) implements SourceTree {
    @Override
    public SourceTree at(Object... further) {
      List<Object> longer = new ArrayList<>(path);
      longer.addAll(List.of(further));
      return new Way(longer);
    }

    @Override
    public SourceSpan key() {
      return SourceSpan.NONE;
    }

    @Override
    public SourceSpan value() {
      return SourceSpan.NONE;
    }

    @Override
    public SourceSpan within(int start, int end) {
      return SourceSpan.NONE;
    }

    @Override
    public List<String> excerpt(SourceSpan span) {
      return List.of();
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  private record Names(Map<String, Object> values) implements Environment {
    @Override
    public @Nullable Object find(String name) {
      return values.getOrDefault(name, ABSENT);
    }

    @Override
    public Collection<String> names() {
      return values.keySet();
    }

    @Override
    public Map<String, @Nullable Object> all() {
      return new LinkedHashMap<>(values);
    }

    @Override
    public List<@Nullable Object> select(JsonPath path) {
      return path.select(values);
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }
  }
}

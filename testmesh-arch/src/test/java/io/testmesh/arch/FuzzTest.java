package io.testmesh.arch;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.Evaluation;
import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.FlowTools;
import io.testmesh.Selection;
import io.testmesh.result.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken flows, expressions and paths give declared errors: no other exception, no hang, no
 * overflow. The profile {@code fuzz} tries far more of them, each time others.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FuzzTest {
  private static final int COUNT = Integer.getInteger("testmesh.fuzz.count", 2000);
  private static final long SEED = Long.getLong("testmesh.fuzz.seed", 17);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final List<String> EXPRESSIONS =
      List.of(
          "1 + 2 * 3 ** 2 - -4 % 5",
          "user.name startsWith \"A\" and not (user.age > 30 or user?.x?.y ?? true)",
          "all(items, {.price > 3 and # != nil})",
          "map(filter(1..9, # % 2 == 0), {{a: #}})",
          "items | filter(.price > 1) | map(.price) | sum()",
          "reduce(1..10, #acc + #, 0)",
          "let x = 42; x > 1 ? x : -x",
          "[1, 2, 3][-1:] == [3] && {\"a\": 1}.a in [1]",
          "text matches \"^[a-z]+(b|c)*$\" || text contains 'x'",
          "sort([3, 1, 2], \"desc\") == [3, 2, 1]",
          "$.items[?@.price > 3].length > 0",
          "$.items[*].price.sum() == body.id",
          "created > \"2024-01-01T00:00:00Z\"",
          "user.name.upper() + text.trim() exists",
          "x is not null and user is object",
          "date(\"2023-08-14\").Year() == 2023",
          "duration(\"1h30m\").Minutes()",
          "toJSON(fromJSON('{\"a\": [1, 2.5e3, null]}'))",
          "groupBy(items, .price)[3]",
          "split(text, \" \") | join(\"-\") | len()",
          "${user.name} == \"${text}\" && body.id == {{x}}",
          "0x1F + 0b101 + 0o17 + 1_000.5e-3",
          "`raw` + \"\\u00e9\\n\"",
          "take(concat([1], [2], [3]), 2)");

  private static final List<String> PATHS =
      List.of(
          "$",
          "$.items[*].price",
          "$..price",
          "$['items'][0:2:1]",
          "$.items[?@.price > 3 && !(@.name == 'b')]",
          "$.items[?length(@.name) == 1 || count(@.*) > 2]",
          "$.items[?match(@.name, '[a-z]+')].name",
          "$[?search(@.text, 'x(y|z)*')]",
          "$.items[-1, 0, 'a', *]",
          "$.user[?value(@..x) == $.text]");

  private static final Map<String, Object> DATA = data();

  private final Set<String> declared = declared();

  private static Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("user", Map.of("name", "Ada", "age", 36L, "n", List.of(1L, "a")));
    data.put("items", List.of(Map.of("name", "a", "price", 3L), Map.of("name", "b", "price", 4.5)));
    data.put("text", "x y z");
    data.put("created", "2024-05-01T10:00:00Z");
    data.put("body", Map.of("id", 17L));
    data.put("x", 1L);
    return data;
  }

  private static Set<String> declared() {
    Set<String> codes = new TreeSet<>();
    for (ErrorCodes.Line line : ErrorCodes.table(Project.open())) {
      codes.add(line.code());
    }
    return codes;
  }

  private static List<String> flows() {
    Path root = Project.open().root();
    List<String> flows = new ArrayList<>();
    for (Path file : Project.files(root.resolve("examples"), ".yaml")) {
      flows.add(Project.text(file));
    }
    for (String name :
        List.of("unknown-keys", "wrong-types", "inputs", "repetition", "merge-keys")) {
      flows.add(
          Project.text(root.resolve("testmesh-engine/src/test/resources/load/" + name + ".yaml")));
    }
    for (String expression : EXPRESSIONS) {
      String quoted = "'" + expression.replace("'", "''") + "'";
      flows.add(
          "{name: a, steps: [{id: b, action: log, config: {message: '${UUID}'}, assert: ["
              + quoted
              + "], output: {c: "
              + quoted
              + "}, when: "
              + quoted
              + "}]}");
    }
    return flows;
  }

  @Test
  void broken_flows_give_declared_problems(@TempDir Path folder) throws IOException {
    Mutations mutations = new Mutations(SEED, flows());
    Path file = folder.resolve("flow.yaml");
    try (FlowRunner runner =
        FlowRunner.builder().environment(Map.of()).workingFolder(folder).build()) {
      for (int i = 0; i < COUNT * 2 / 5; i++) {
        String text = mutations.next();
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        guarded("flow", i, text, () -> problems(runner.tools()));
      }
    }
  }

  private void problems(FlowTools tools) {
    FlowSet flows = tools.select(Selection.of(List.of("flow.yaml")).build());
    List<Problem> problems = new ArrayList<>(flows.problems());
    problems.addAll(tools.check(flows, Map.of("given", 1L)));
    for (Problem problem : problems) {
      assertThat(declared).contains(problem.code());
      assertThat(problem.message()).isNotBlank();
    }
  }

  @Test
  void broken_expressions_give_declared_errors() {
    Mutations mutations = new Mutations(SEED + 1, EXPRESSIONS);
    Tools.use(
        tools -> {
          for (int i = 0; i < COUNT * 2 / 5; i++) {
            String text = mutations.next();
            guarded("expression", i, text, () -> error(tools.evaluate(text, DATA)));
          }
          return "";
        });
  }

  @Test
  void broken_paths_give_declared_errors() {
    Mutations mutations = new Mutations(SEED + 2, PATHS);
    Tools.use(
        tools -> {
          for (int i = 0; i < COUNT / 5; i++) {
            String text = mutations.next();
            guarded("path", i, text, () -> error(tools.evaluatePath(text, DATA)));
          }
          return "";
        });
  }

  private void error(Evaluation evaluation) {
    if (evaluation instanceof Evaluation.Error error) {
      assertThat(declared).contains(error.code());
      assertThat(error.message()).isNotBlank();
    }
  }

  private static void guarded(String what, int number, String text, Runnable check) {
    long start = System.nanoTime();
    try {
      check.run();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(named(what, number, text), e);
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertThat(taken).as(named(what, number, text)).isLessThan(LONGEST);
  }

  private static String named(String what, int number, String text) {
    String shown = text.length() <= 2000 ? text : text.substring(0, 2000) + "…";
    return what + " " + number + " of seed " + SEED + ": " + shown;
  }
}

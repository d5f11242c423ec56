package io.testmesh.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.testmesh.engine.load.FlowLoader.Loaded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken and hostile files end in problems: no exception, no endless work. */
class HostileFilesTest {
  private static final String FLOW =
      """
      # all that a flow may say
      flow:
        name: "everything ${A}"
        tags: [smoke, 'it''s', größe 🎈]
        env: &env {A: 1, B: 0x1F, C: ~, D: 1.5e3, E: "\\u00e4\\n"}
        config: {timeout: 5m, retry: {max_attempts: 3, delay: 10ms}}
        inputs: {user: {required: true}, role: guest}
        data_source: {type: inline, rows: [{a: 1}, {a: 2}]}
        steps:
          - id: first
            action: http_request
            config:
              <<: *env
              body: |
                literal
                  text
              more: >-
                folded
                text
            when: a == 'b'
            assert:
              - status == 200
              - {expression: body.ok, message: m}
            output: {id: $.body.id, x: {path: a, default: [1]}}
            on_error: {action: continue, error_steps: [{action: log}]}
          - {action: log, within: 5s, every: 1s, assert_any: [a]}
      """;
  private static final String CHARACTERS =
      "\t\n\r :-?,[]{}#&*!|>'\"%@`\\~<.=$0xab\u0007é🎈\uFEFF\u2028";

  private static Loaded load(byte[] content) {
    return new FlowLoader(5_000_000).load("flow.yaml", null, content);
  }

  @Test
  @Tag("endurance")
  void mutated_flows_never_throw() {
    assertThat(load(FLOW.getBytes(StandardCharsets.UTF_8)).problems()).isEmpty();
    Random random = new Random(20_260_131);
    for (int i = 0; i < 1500; i++) {
      byte[] mutant = mutant(random).getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(10) == 0) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }

      Loaded loaded = load(mutant);

      assertThat(loaded.flow() != null || loaded.noFlow() || !loaded.problems().isEmpty())
          .as(new String(mutant, StandardCharsets.UTF_8))
          .isTrue();
      assertThat(loaded.problems())
          .allSatisfy(
              problem ->
                  assertThat(problem.excerpt().isEmpty()).isEqualTo(isUtf16(problem.message())));
    }
  }

  private static boolean isUtf16(String message) {
    return message.contains("UTF-16");
  }

  private static String mutant(Random random) {
    StringBuilder text = new StringBuilder(FLOW);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(8));
      switch (random.nextInt(5)) {
        case 0 -> text.replace(at, end, " ");
        case 1 -> text.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        case 2 -> text.setCharAt(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        default -> text.setLength(Math.max(1, at));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{\"a\":",
        "- ",
        "? ",
        "{a: ",
        "[[{b: ",
        "\"",
        "'",
        "&a [*a, ",
        "a: |\n ",
        "!!str ",
        "a\n",
        "a: b\n",
        "#",
        "\n",
        " ",
        "\t",
        ",",
        "x ",
        "%",
        "*",
        "1"
      })
  void a_long_repetition_ends_quickly(String part) {
    byte[] content =
        ("flow: " + part.repeat(1_000_000 / part.length())).getBytes(StandardCharsets.UTF_8);

    Loaded loaded = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> load(content));

    assertThat(loaded.problems()).isNotEmpty();
  }

  @Test
  void aliases_of_aliases_end_quickly() {
    StringBuilder text = new StringBuilder("flow:\n  name: x\n  env:\n    a: &a [x, x, x, x]\n");
    for (char c = 'b'; c <= 'z'; c++) {
      String before = "*" + (char) (c - 1);
      text.append("    ").append(c).append(": &").append(c).append(" [");
      text.append((before + ", ").repeat(9)).append(before).append("]\n");
    }

    Loaded loaded =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> load(text.toString().getBytes(StandardCharsets.UTF_8)));

    assertThat(loaded.problems()).extracting("code").containsExactly("yaml_limit");
  }

  @Test
  void aliases_cannot_nest_deeper_than_the_limit() {
    StringBuilder text = new StringBuilder("flow:\n  name: x\n  env:\n    a0: &a0 [x]\n");
    for (int i = 1; i <= 300; i++) {
      text.append("    a" + i + ": &a" + i + " [*a" + (i - 1) + "]\n");
    }

    assertThat(load(text.toString().getBytes(StandardCharsets.UTF_8)).problems())
        .extracting("message")
        .containsExactly("with this alias, maps and lists are nested more than 200 levels deep");
  }

  @Test
  void two_hundred_levels_are_allowed() {
    String text =
        "{\"flow\": {\"name\": \"x\", \"env\": {\"a\": "
            + "[".repeat(197)
            + "]".repeat(197)
            + "}, \"steps\": [{\"action\": \"log\"}]}}";

    assertThat(load(text.getBytes(StandardCharsets.UTF_8)).problems()).isEmpty();
    assertThat(load(text.replace("[[", "[[[").getBytes(StandardCharsets.UTF_8)).problems())
        .isNotEmpty();
  }
}

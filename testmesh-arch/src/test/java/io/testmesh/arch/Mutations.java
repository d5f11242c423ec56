package io.testmesh.arch;

import java.util.List;
import java.util.Random;

/** Makes broken texts out of good ones; the same seed makes the same texts. */
final class Mutations {
  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "(",
          ")",
          ":",
          ": ",
          "- ",
          "\n",
          "\n  ",
          "\t",
          "'",
          "\"",
          "\\",
          "|",
          ">",
          "&a ",
          "*a",
          "!!int ",
          "#",
          "# ",
          "---\n",
          "...\n",
          "<<: ",
          "? ",
          "${",
          "{{",
          "}}",
          "$.",
          "$..",
          "[*]",
          "[?@",
          "[-1]",
          "[1:2:0]",
          ".length()",
          "\u0000",
          "\uFEFF",
          "\uD83D",
          "\uD83D\uDE00",
          "null",
          "nil",
          "true",
          "1e999",
          "-0",
          "9223372036854775808",
          "0x",
          "1_000",
          ".5",
          "5.",
          " and ",
          " or ",
          " not ",
          " in ",
          " matches ",
          "??",
          "?.",
          "?:",
          "? 1 : 2",
          "..",
          "1..9999999",
          "|",
          "| len()",
          "let x = 1; ",
          "#",
          "#.a",
          "all(",
          "map(",
          "reduce(",
          "exists",
          "is null",
          "is number",
          "contains",
          "duration(",
          "now()",
          "date(",
          "$env",
          "steps",
          "vars",
          "error",
          "RANDOM_INT",
          "$uuid",
          "retry: {max_attempts: 1000}",
          "within: 5s",
          "assert: []",
          "on_error: retry",
          "error_steps: [{action: log}]",
          "config: 7",
          "action: http_request",
          "data_source: {type: inline, rows: []}",
          "env: {A: '${B}', B: '${A}'}",
          "inputs: {a: }");

  private final Random random;
  private final List<String> seeds;

  Mutations(long seed, List<String> seeds) {
    this.random = new Random(seed);
    this.seeds = seeds;
  }

  /** The next text. */
  String next() {
    StringBuilder text = new StringBuilder(any(seeds));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      change(text);
    }
    return text.toString();
  }

  private void change(StringBuilder text) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + 1 + random.nextInt(12));
    switch (random.nextInt(9)) {
      case 0 -> text.delete(from, to);
      case 1 -> text.insert(from, text.substring(from, to));
      case 2 -> text.replace(from, to, any(TOKENS));
      case 3 -> text.insert(from, (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
      case 4 -> text.insert(from, any(TOKENS).repeat(1 + random.nextInt(3)));
      case 5 -> splice(text, from);
      case 6 -> {
        String part = random.nextBoolean() ? text.substring(from, to) : any(TOKENS);
        text.insert(from, part.repeat(random.nextInt(700)));
      }
      case 7 -> text.setLength(from);
      default -> text.insert(from, any(TOKENS));
    }
    if (text.length() > 20_000) {
      text.setLength(20_000);
    }
  }

  private void splice(StringBuilder text, int at) {
    String other = any(seeds);
    int from = random.nextInt(other.length() + 1);
    text.insert(at, other, from, Math.min(other.length(), from + random.nextInt(80)));
  }

  private String any(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}

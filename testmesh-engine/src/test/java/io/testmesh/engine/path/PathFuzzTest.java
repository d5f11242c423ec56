package io.testmesh.engine.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("endurance")
class PathFuzzTest {
  private static final int ROUNDS = 60_000;
  private static final String PIECES = "$@.[]()?*!:,'\"\\ua1-0e&|=<> \n\ud83d\ude00\u0000{}^";

  @Test
  void a_changed_selector_gives_a_result_or_an_error_with_a_place() throws Exception {
    List<ComplianceSuite.Case> cases = ComplianceSuite.cases();
    Random random = new Random(42);
    int valid = 0;
    for (int i = 0; i < ROUNDS; i++) {
      ComplianceSuite.Case test = cases.get(random.nextInt(cases.size()));
      ComplianceSuite.Case other = cases.get(random.nextInt(cases.size()));
      String selector = mutate(test.selector(), other.selector(), random);
      valid += check(selector, other.document()) ? 1 : 0;
    }
    assertThat(valid).isBetween(ROUNDS / 20, ROUNDS);
  }

  private static boolean check(String selector, Object document) {
    try {
      JsonPath path = JsonPath.parsePrefix(selector, 0);
      JsonPath whole = JsonPath.parse(path.source());
      assertThat(whole.select(document)).as(selector).isEqualTo(path.select(document));
      assertThat(whole.selectPaths(document)).hasSameSizeAs(whole.select(document));
    } catch (PathException e) {
      checkPlace(selector, e);
    } catch (RuntimeException | StackOverflowError e) {
      fail(selector, e);
    }
    try {
      JsonPath.parse(selector).select(document);
      return true;
    } catch (PathException e) {
      checkPlace(selector, e);
      return false;
    }
  }

  private static void checkPlace(String selector, PathException e) {
    assertThat(e.start()).as(selector).isBetween(0, selector.length());
    assertThat(e.end())
        .as(selector)
        .isBetween(Math.min(e.start() + 1, selector.length()), selector.length());
    assertThat(e.getMessage()).isNotBlank();
  }

  private static String mutate(String selector, String other, Random random) {
    StringBuilder text = new StringBuilder(selector);
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      int at = text.isEmpty() ? 0 : random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 1 -> text.delete(at, at + 1 + random.nextInt(3));
        case 2 -> text.insert(at, other, random.nextInt(other.length()), other.length());
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }
}

package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionConformanceTest {
  /** So many cases form one test: mutation testing needs only those that reach a line. */
  private static final int PART = 80;

  private final ExpressionCases cases = ExpressionCases.shared();

  static IntStream parts() {
    return IntStream.iterate(
        0, from -> from < ExpressionCases.shared().all.size(), from -> from + PART);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void every_case_that_is_not_marked_gives_the_recorded_answer(int from) throws Exception {
    Set<String> exceptions = ExpressionCases.exceptions();
    List<String> wrong = new ArrayList<>();
    List<String> fulfilled = new ArrayList<>();
    int to = Math.min(from + PART, cases.all.size());
    for (ExpressionCases.Case one : cases.all.subList(from, to)) {
      String problem = one.differs() == null ? cases.judge(one) : null;
      boolean excepted = exceptions.contains(one.text("id"));
      if (problem != null && !excepted) {
        wrong.add(
            one.text("id") + " @" + one.text("env") + "  " + one.text("expr") + "  " + problem);
      } else if (problem == null && excepted) {
        fulfilled.add(one.text("id"));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(fulfilled).as("exceptions that are none any more").isEmpty();
  }

  @Test
  void the_whole_suite_is_there() {
    long marked = cases.all.stream().filter(one -> one.differs() != null).count();

    assertThat(cases.all).hasSize(3930);
    assertThat(marked).isEqualTo(354);
  }
}

package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpressionConformanceTest {

  @Test
  void every_case_that_is_not_marked_gives_the_recorded_answer() throws Exception {
    ExpressionCases cases = new ExpressionCases();
    Set<String> exceptions = ExpressionCases.exceptions();
    List<String> wrong = new ArrayList<>();
    List<String> fulfilled = new ArrayList<>();
    for (ExpressionCases.Case one : cases.all) {
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
  void the_whole_suite_is_there() throws Exception {
    ExpressionCases cases = new ExpressionCases();
    long marked = cases.all.stream().filter(one -> one.differs() != null).count();
    assertThat(cases.all).hasSize(3930);
    assertThat(marked).isEqualTo(354);
  }
}

package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionConformanceTest {

  @Test
  void every_case_that_is_not_marked_gives_the_recorded_answer() throws Exception {
    ExpressionCases cases = new ExpressionCases();
    List<String> wrong = new ArrayList<>();
    for (ExpressionCases.Case one : cases.all) {
      String problem = one.differs() == null ? cases.judge(one) : null;
      if (problem != null) {
        wrong.add(
            one.text("id") + " @" + one.text("env") + "  " + one.text("expr") + "  " + problem);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void the_whole_suite_is_there() throws Exception {
    ExpressionCases cases = new ExpressionCases();
    long marked = cases.all.stream().filter(one -> one.differs() != null).count();
    assertThat(cases.all).hasSize(3930);
    assertThat(marked).isEqualTo(354);
  }
}

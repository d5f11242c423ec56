package io.testmesh.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.testmesh.arch.fixture.BadState;
import io.testmesh.arch.fixture.GoodState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two runners in one JVM never see each other: nothing is shared through statics or threads. */
final class StateTest {
  private static final ArchRule IMMUTABLE_STATICS =
      fields().that().areStatic().should(new BeImmutable()).allowEmptyShould(true);

  private static final ArchRule NO_THREAD_LOCALS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ThreadLocal.class, InheritableThreadLocal.class);

  @Test
  void static_fields_are_final_and_immutable() {
    IMMUTABLE_STATICS.check(PublishedClasses.all());
  }

  @Test
  void no_thread_locals() {
    NO_THREAD_LOCALS.check(PublishedClasses.all());
  }

  @Test
  void mutable_statics_are_found() {
    JavaClasses bad = new ClassFileImporter().importClasses(BadState.class, BadState.Counter.class);
    EvaluationResult result = IMMUTABLE_STATICS.evaluate(bad);

    assertThat(result.getFailureReport().getDetails())
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactlyInAnyOrderElementsOf(
            List.of("assigned", "cache", "counter", "exposed", "grown", "random", "shared"));
    assertThat(NO_THREAD_LOCALS.evaluate(bad).hasViolation()).isTrue();
  }

  @Test
  void immutable_statics_are_not_accused() {
    JavaClasses good =
        new ClassFileImporter().importClasses(GoodState.class, GoodState.Point.class);

    assertThat(IMMUTABLE_STATICS.evaluate(good).getFailureReport().getDetails()).isEmpty();
  }
}

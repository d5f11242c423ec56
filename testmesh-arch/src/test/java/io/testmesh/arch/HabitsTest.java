package io.testmesh.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.testmesh.arch.fixture.BadHabits;
import io.testmesh.arch.fixture.internal.Hidden;
import java.io.FileDescriptor;
import org.junit.jupiter.api.Test;

/** What no module does, however handy it would be. */
final class HabitsTest {
  private static final ArchRule NO_PRINTING =
      noClasses()
          .that(resideOutsideOfPackage("io.testmesh.cli.."))
          .should(ACCESS_STANDARD_STREAMS)
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(FileDescriptor.class)
          .because("only the command line prints");

  private static final ArchRule NO_EXIT =
      noClasses()
          .that(resideOutsideOfPackage("io.testmesh.cli.."))
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .because("only the command line owns its process");

  private static final ArchRule NO_SYSTEM_PROPERTIES =
      noClasses()
          .should()
          .callMethod(System.class, "setProperty", String.class, String.class)
          .orShould()
          .callMethod(System.class, "setProperties", java.util.Properties.class)
          .because("they belong to the user's JVM");

  private static final ArchRule NO_SLEEP =
      noClasses()
          .that(
              not(
                  nameMatching(
                      "io\\.testmesh\\.(engine\\.run\\.StepLoop|engine\\.action\\.DelayAction"
                          + "|integrations\\.common\\.Waiting"
                          + "|integrations\\.kafka\\.(ConsumeStep|AdminClient))")))
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .because(
              "a wait sees its deadline and its cancellation: the step loop, delay and wait_for do");

  private static final ArchRule NO_REFLECTION =
      classes()
          .that(resideOutsideOfPackage("io.testmesh.engine.catalogue.."))
          .and(not(nameMatching("io\\.testmesh\\.EngineLookup")))
          .and(not(nameMatching("io\\.testmesh\\.junit\\.Flow(Runner|Test)Extension.*")))
          .should(new NotReflect())
          .because(
              "only the catalogue makes handlers from names, the builder its engine, and JUnit"
                  + " hands its extensions the methods of tests");

  private static final ArchRule INTERNAL_STAYS_INSIDE =
      classes().should(new StayOutOfForeignInternals());

  @Test
  void only_the_command_line_prints() {
    NO_PRINTING.check(PublishedClasses.all());
  }

  @Test
  void only_the_command_line_ends_its_process() {
    NO_EXIT.check(PublishedClasses.all());
  }

  @Test
  void no_system_property_is_set() {
    NO_SYSTEM_PROPERTIES.check(PublishedClasses.all());
  }

  @Test
  void only_the_step_loop_delay_and_wait_for_sleep() {
    NO_SLEEP.check(PublishedClasses.all());
  }

  @Test
  void only_the_catalogue_the_lookup_of_the_engine_and_extensions_of_junit_reflect() {
    NO_REFLECTION.check(PublishedClasses.all());
  }

  @Test
  void internal_packages_are_used_by_their_own_module_alone() {
    INTERNAL_STAYS_INSIDE.check(PublishedClasses.all());
  }

  @Test
  void every_package_is_null_marked() {
    classes()
        .should(new StandInNullMarkedPackage())
        .check(PublishedClasses.all().that(resideInAPackage("io.testmesh..")));
  }

  @Test
  void bad_habits_are_found() {
    JavaClasses bad = new ClassFileImporter().importClasses(BadHabits.class, Hidden.class);

    assertThat(report(NO_PRINTING, bad))
        .contains("print()")
        .contains("printRaw()")
        .contains("trace(");
    assertThat(report(NO_EXIT, bad)).contains("exit()");
    assertThat(report(NO_SYSTEM_PROPERTIES, bad)).contains("property()");
    assertThat(report(NO_SLEEP, bad)).contains("sleep()");
    assertThat(report(NO_REFLECTION, bad)).contains("byName()").contains("field(");
    assertThat(
            report(classes().should(new StayOutOfForeignInternals("io.testmesh.arch.other")), bad))
        .contains("Hidden");
    assertThat(report(classes().should(new StandInNullMarkedPackage()), bad))
        .contains("io.testmesh.arch.fixture.internal")
        .doesNotContain("BadHabits");
  }

  private static String report(ArchRule rule, JavaClasses classes) {
    return String.join("\n", rule.evaluate(classes).getFailureReport().getDetails());
  }
}

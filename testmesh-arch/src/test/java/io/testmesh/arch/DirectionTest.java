package io.testmesh.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may use whom: between modules, and inside the engine. */
final class DirectionTest {
  private static final String[] API = {
    "io.testmesh",
    "io.testmesh.action",
    "io.testmesh.event",
    "io.testmesh.flow",
    "io.testmesh.result",
    "io.testmesh.spi"
  };
  private static final List<String> JDK =
      List.of("java..", "javax..", "org.w3c..", "org.xml..", "org.slf4j..", "org.jspecify..");

  @Test
  void every_published_module_is_read() {
    for (Project.Module module : Project.open().publishedModules()) {
      long sources =
          Project.files(module.mainSources(), ".java").stream()
              .filter(file -> !file.endsWith("package-info.java"))
              .filter(file -> !file.endsWith("module-info.java"))
              .count();
      String packageName =
          module.name().equals("testmesh-api")
              ? "io.testmesh"
              : module.pom().text("properties/testmesh.module");
      assertThat(PublishedClasses.countIn(packageName))
          .as("classes of %s on this module's class path", module.name())
          .isGreaterThanOrEqualTo(sources);
    }
  }

  @Test
  void api_uses_nothing_but_the_jdk_slf4j_and_jspecify() {
    check(module("api", API, only()));
  }

  @Test
  void engine_uses_the_api_and_its_libraries() {
    check(
        module(
            "engine",
            packages("io.testmesh.engine.."),
            only("io.testmesh.engine..", "com.fasterxml.jackson.core..", "com.google.re2j..")
                .and("org.snakeyaml..")));
  }

  @Test
  void common_parts_of_the_integrations_use_the_api_alone() {
    check(
        module(
            "integrations.common",
            packages("io.testmesh.integrations.common.."),
            only("io.testmesh.integrations.common..")));
  }

  @Test
  void http_uses_the_common_parts_and_okhttp() {
    check(
        module(
            "integrations.http",
            packages("io.testmesh.integrations.http.."),
            only("io.testmesh.integrations.http..", "io.testmesh.integrations.common..")
                .and("okhttp3..", "mockwebserver3..", "okio..", "kotlin..")));
  }

  @Test
  void kafka_uses_the_common_parts_and_the_kafka_client() {
    check(
        module(
            "integrations.kafka",
            packages("io.testmesh.integrations.kafka.."),
            only("io.testmesh.integrations.kafka..", "io.testmesh.integrations.common..")
                .and("org.apache.kafka..")));
  }

  @Test
  void sql_uses_the_common_parts_and_drivers() {
    check(
        module(
            "integrations.sql",
            packages("io.testmesh.integrations.sql.."),
            only("io.testmesh.integrations.sql..", "io.testmesh.integrations.common..")
                .and("org.postgresql..", "com.zaxxer.hikari..", "com.google.re2j..")));
  }

  @Test
  void observability_uses_the_common_parts_okhttp_and_the_messages_of_otlp() {
    check(
        module(
            "integrations.observability",
            packages("io.testmesh.integrations.observability.."),
            only("io.testmesh.integrations.observability..", "io.testmesh.integrations.common..")
                .and("okhttp3..", "okio..", "kotlin..")
                .and("io.opentelemetry.proto..", "com.google.protobuf..")));
  }

  @Test
  void minio_uses_the_common_parts_and_its_client() {
    check(
        module(
            "integrations.minio",
            packages("io.testmesh.integrations.minio.."),
            only("io.testmesh.integrations.minio..", "io.testmesh.integrations.common..")
                .and("io.minio..", "okhttp3..", "kotlin..")));
  }

  @Test
  void neo4j_uses_the_common_parts_and_its_driver() {
    check(
        module(
            "integrations.neo4j",
            packages("io.testmesh.integrations.neo4j.."),
            only("io.testmesh.integrations.neo4j..", "io.testmesh.integrations.common..")
                .and("org.neo4j.driver..")));
  }

  @Test
  void redis_uses_the_common_parts_and_jedis() {
    check(
        module(
            "integrations.redis",
            packages("io.testmesh.integrations.redis.."),
            only("io.testmesh.integrations.redis..", "io.testmesh.integrations.common..")
                .and("redis.clients.jedis..")));
  }

  @Test
  void made_up_data_uses_the_api_and_datafaker() {
    check(
        module(
            "faker",
            packages("io.testmesh.faker.."),
            only("io.testmesh.faker..", "net.datafaker..")));
  }

  @Test
  void reports_use_the_api_alone() {
    check(module("report", packages("io.testmesh.report.."), only("io.testmesh.report..")));
  }

  @Test
  void plugin_host_uses_the_api_okhttp_and_jackson() {
    check(
        module(
            "plugin",
            packages("io.testmesh.plugin.."),
            only("io.testmesh.plugin..", "com.fasterxml.jackson..", "dev.harrel..")
                .and("okhttp3..", "okio..", "kotlin..")));
  }

  @Test
  void the_processes_of_plugins_know_no_http() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.testmesh.plugin.process..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.testmesh.plugin.protocol..", "okhttp3..")
            .because("a process is started, watched and ended, whatever is said to it"));
  }

  @Test
  void who_talks_to_plugins_starts_none() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.testmesh.plugin.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.testmesh.plugin.process..", "io.testmesh.plugin.host..")
            .because("the protocol can then be tested against any server"));
  }

  @Test
  void the_folder_of_plugins_runs_none() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.testmesh.plugin.manifest..",
                "io.testmesh.plugin.registry..",
                "io.testmesh.plugin.archive..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.testmesh.plugin.process..",
                "io.testmesh.plugin.protocol..",
                "io.testmesh.plugin.host..")
            .because("listing and installing starts nothing"));
  }

  @Test
  void server_uses_the_api_the_plugin_host_the_reports_and_jackson() {
    check(
        module(
            "server",
            packages("io.testmesh.server.."),
            only("io.testmesh.server..", "io.testmesh.plugin..", "io.testmesh.report..")
                .and("com.fasterxml.jackson.core..", "com.sun.net.httpserver..")));
  }

  @Test
  void only_one_class_uses_the_http_server_of_the_jdk() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching("io\\.testmesh\\.server\\.Jdk.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.net.httpserver..")
            .because("another server can then take its place"));
  }

  @Test
  void command_line_uses_the_api_the_plugin_host_the_server_and_the_reports() {
    check(
        module(
            "cli",
            packages("io.testmesh.cli.."),
            only("io.testmesh.cli..", "io.testmesh.report..", "sun.misc..")
                .and("io.testmesh.plugin..", "io.testmesh.server..")));
  }

  @Test
  void tests_in_junit_use_the_api_and_junit() {
    check(
        module(
            "junit",
            packages("io.testmesh.junit.."),
            only("io.testmesh.junit..", "org.junit..", "org.opentest4j..")));
  }

  @Test
  void the_testkit_uses_the_api_alone() {
    check(module("testkit", packages("io.testmesh.testkit.."), only("io.testmesh.testkit..")));
  }

  @Test
  void nobody_compiles_against_the_engine() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.testmesh.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.testmesh.engine.."));
  }

  @Test
  void only_engine_yaml_uses_snakeyaml() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.testmesh.engine.yaml..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.snakeyaml.."));
  }

  @Test
  void values_paths_and_expressions_know_no_flows() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.testmesh.engine.value..",
                "io.testmesh.engine.path..",
                "io.testmesh.engine.expression..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.testmesh", "io.testmesh.flow..", "io.testmesh.event..")
            .because("the language of values can be used and tested without a flow"));
  }

  @Test
  void values_use_no_other_part_of_the_engine() {
    check(onlyEngineParts("value"));
  }

  @Test
  void paths_use_values_alone() {
    check(onlyEngineParts("path", "value"));
  }

  @Test
  void expressions_use_values_and_paths_alone() {
    check(onlyEngineParts("expression", "path", "value"));
  }

  @Test
  void yaml_uses_values_alone() {
    check(onlyEngineParts("yaml", "value"));
  }

  @Test
  void rows_use_loading_and_what_is_below_it() {
    check(onlyEngineParts("data", "load", "yaml", "scope", "template", "expression", "value"));
  }

  @Test
  void loading_knows_neither_running_nor_planning() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.testmesh.engine.load..", "io.testmesh.engine.check..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.testmesh.engine.run..", "io.testmesh.engine.plan.."));
  }

  @Test
  void running_does_not_read_yaml() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.testmesh.engine.run..")
            .and()
            .doNotHaveSimpleName("EngineTools") // reads the data of an evaluation
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.testmesh.engine.yaml.."));
  }

  @Test
  void packages_have_no_cycles() {
    slices()
        .assignedFrom(new ByPackage())
        .should()
        .beFreeOfCycles()
        // The one closed circle: the builder asks the provider, and the provider makes a runner.
        .ignoreDependency(
            name("io.testmesh.FlowRunner$Builder"), name("io.testmesh.spi.FlowRunnerProvider"))
        .ignoreDependency(
            name("io.testmesh.EngineLookup"), name("io.testmesh.spi.FlowRunnerProvider"))
        // And a runner is made with sources of actions.
        .ignoreDependency(
            nameMatching("io\\.testmesh\\.(FlowRunner|RunnerSettings).*"),
            name("io.testmesh.spi.ActionSource"))
        .check(PublishedClasses.all());
  }

  private static ArchRule onlyEngineParts(String part, String... others) {
    List<String> allowed = new ArrayList<>();
    allowed.add("io.testmesh.engine." + part + "..");
    for (String other : others) {
      allowed.add("io.testmesh.engine." + other + "..");
    }
    return noClasses()
        .that()
        .resideInAPackage("io.testmesh.engine." + part + "..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.testmesh.engine..")
                .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))));
  }

  private static ArchRule module(String name, String[] packages, Allowed allowed) {
    return classes()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed.packages()))
        .as(name + " depends on " + String.join(", ", allowed.packages()) + " only");
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(PublishedClasses.all());
  }

  private static String[] packages(String... names) {
    return names;
  }

  private static Allowed only(String... packages) {
    List<String> all = new ArrayList<>(JDK);
    all.add("");
    all.addAll(List.of(API));
    return new Allowed(all).and(packages);
  }

  private record Allowed(List<String> names) {
    Allowed and(String... packages) {
      List<String> all = new ArrayList<>(names);
      all.addAll(List.of(packages));
      return new Allowed(all);
    }

    String[] packages() {
      return names.toArray(String[]::new);
    }
  }

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}

package io.testmesh.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the poms promise and Maven itself does not check. */
final class PomTest {
  private final Project project = Project.open();

  @Test
  void all_modules_have_one_version() {
    String version = project.rootPom().text("version");
    for (Project.Module module : project.modules()) {
      String path = module.name().equals("testmesh-bom") ? "version" : "parent/version";
      assertThat(module.pom().text(path)).as(module.name()).isEqualTo(version);
    }
  }

  @Test
  void every_folder_with_a_pom_is_a_module() {
    List<String> folders =
        Project.files(project.root(), "/pom.xml").stream()
            .filter(file -> file.getParent().getParent().equals(project.root()))
            .map(file -> file.getParent().getFileName().toString())
            .toList();

    assertThat(project.modules())
        .extracting(Project.Module::name)
        .containsExactlyInAnyOrderElementsOf(folders);
  }

  @Test
  void the_bom_names_every_published_module() {
    List<String> named =
        Pom.read(project.root().resolve("testmesh-bom/pom.xml"))
            .dependencies("dependencyManagement/dependencies/dependency")
            .stream()
            .filter(dependency -> dependency.group().equals("io.testmesh"))
            .map(Pom.Dependency::artifact)
            .toList();

    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            project.publishedModules().stream().map(Project.Module::name).toList());
  }

  @Test
  void published_modules_get_the_engine_at_run_time_only() {
    for (Project.Module module : project.publishedModules()) {
      for (Pom.Dependency dependency : module.pom().dependencies("dependencies/dependency")) {
        if (dependency.artifact().equals("testmesh-engine")) {
          assertThat(dependency.scope()).as(module.name()).isIn("runtime", "test");
        }
      }
    }
  }

  @Test
  void every_published_module_names_its_java_module() {
    for (Project.Module module : project.publishedModules()) {
      boolean described = Files.exists(module.mainSources().resolve("module-info.java"));
      assertThat(module.pom().texts("properties/testmesh.module"))
          .as(module.name())
          .hasSize(described ? 0 : 1);
    }
  }

  @Test
  void unpublished_modules_are_neither_installed_nor_deployed() {
    for (Project.Module module : project.modules()) {
      if (!module.isPublished() && !module.name().equals("testmesh-bom")) {
        assertThat(module.pom().text("properties/maven.deploy.skip")).isEqualTo("true");
        assertThat(module.pom().text("properties/maven.install.skip")).isEqualTo("true");
        assertThat(module.pom().text("properties/maven.javadoc.skip")).isEqualTo("true");
      }
    }
  }
}

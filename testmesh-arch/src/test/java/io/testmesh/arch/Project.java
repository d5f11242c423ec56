package io.testmesh.arch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The project's folder, its modules and the text of its files. */
final class Project {
  private final Path root;
  private final Pom rootPom;

  private Project(Path root) {
    this.root = root;
    this.rootPom = Pom.read(root.resolve("pom.xml"));
  }

  /** The project that the tests run in. */
  static Project open() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("testmesh-bom"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no folder above this one holds testmesh-bom");
    }
    return new Project(folder);
  }

  Path root() {
    return root;
  }

  Pom rootPom() {
    return rootPom;
  }

  /** All modules that the root pom names, the BOM among them. */
  List<Module> modules() {
    List<Module> modules = new ArrayList<>();
    for (String name : rootPom.texts("modules/module")) {
      Path folder = root.resolve(name);
      modules.add(new Module(name, folder, Pom.read(folder.resolve("pom.xml"))));
    }
    return modules;
  }

  /** The modules with code that users get. */
  List<Module> publishedModules() {
    return modules().stream().filter(Module::isPublished).toList();
  }

  /** All files below a folder whose names end so, sorted. */
  static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One module.
   *
   * @param name its folder and artifact id
   * @param folder where it is
   * @param pom its pom
   */
  record Module(String name, Path folder, Pom pom) {
    boolean isPublished() {
      return !name.equals("testmesh-bom") && pom.texts("properties/maven.deploy.skip").isEmpty();
    }

    Path mainSources() {
      return folder.resolve("src/main/java");
    }

    Path testSources() {
      return folder.resolve("src/test/java");
    }
  }
}

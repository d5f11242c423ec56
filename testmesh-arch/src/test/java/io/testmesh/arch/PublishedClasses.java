package io.testmesh.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;

/** The compiled main classes of all published modules. */
final class PublishedClasses {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
          // Published nowhere.
          .withImportOption(location -> !location.contains("io/testmesh/backends"))
          .withImportOption(location -> !location.contains("testmesh-backends"))
          .importPackages("io.testmesh");

  private PublishedClasses() {}

  static JavaClasses all() {
    return ALL;
  }

  /** Main and nested classes as the compiler named them; no package-info. */
  static long countIn(String packagePrefix) {
    return ALL.stream().filter(type -> isIn(type, packagePrefix)).count();
  }

  private static boolean isIn(JavaClass type, String packagePrefix) {
    return (type.getPackageName() + ".").startsWith(packagePrefix + ".")
        && !type.getSimpleName().equals("package-info");
  }
}

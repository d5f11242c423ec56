package io.testmesh.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Holds for a class whose package has a {@code package-info} with {@code @NullMarked}. */
final class StandInNullMarkedPackage extends ArchCondition<JavaClass> {
  StandInNullMarkedPackage() {
    super("stand in a @NullMarked package");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (!isNullMarked(type.getPackageName())) {
      events.add(
          SimpleConditionEvent.violated(
              type, type.getName() + " stands in " + type.getPackageName() + ", not @NullMarked"));
    }
  }

  private static boolean isNullMarked(String packageName) {
    String resource = packageName.replace('.', '/') + "/package-info.class";
    ClassLoader loader = StandInNullMarkedPackage.class.getClassLoader();
    try (InputStream stream = loader.getResourceAsStream(resource)) {
      return stream != null
          && new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1)
              .contains("Lorg/jspecify/annotations/NullMarked;");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

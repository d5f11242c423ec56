package io.testmesh.arch;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Holds for a class that uses no {@code internal} package of ours but those of its own module: the
 * part of the name before {@code .internal} must begin its own package.
 */
final class StayOutOfForeignInternals extends ArchCondition<JavaClass> {
  private final String standIn;

  StayOutOfForeignInternals() {
    this("");
  }

  /** Judges all classes as if they stood in this package, unless it is empty. */
  StayOutOfForeignInternals(String standIn) {
    super("use internal packages of their own module alone");
    this.standIn = standIn;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String home = (standIn.isEmpty() ? type.getPackageName() : standIn) + ".";
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      String target = dependency.getTargetClass().getPackageName() + ".";
      int internal = target.indexOf(".internal.");
      if (internal >= 0
          && target.startsWith("io.testmesh.")
          && !home.startsWith(target.substring(0, internal + 1))) {
        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
      }
    }
  }
}

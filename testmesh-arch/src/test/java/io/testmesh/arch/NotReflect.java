package io.testmesh.arch;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Holds for a class that neither uses {@code java.lang.reflect} nor makes things from names. */
final class NotReflect extends ArchCondition<JavaClass> {
  private static final Set<String> LOOK_UPS =
      Set.of(
          "forName",
          "getConstructor",
          "getConstructors",
          "getDeclaredConstructor",
          "getDeclaredConstructors",
          "getDeclaredField",
          "getDeclaredFields",
          "getDeclaredMethod",
          "getDeclaredMethods",
          "getField",
          "getFields",
          "getMethod",
          "getMethods",
          "getRecordComponents",
          "newInstance");

  NotReflect() {
    super("not use reflection");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      if (dependency.getTargetClass().getPackageName().equals("java.lang.reflect")) {
        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
      }
    }
    for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
      if (call.getTargetOwner().isEquivalentTo(Class.class) && LOOK_UPS.contains(call.getName())) {
        events.add(SimpleConditionEvent.violated(type, call.getDescription()));
      }
    }
  }
}

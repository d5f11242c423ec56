package io.testmesh.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Lists what users compile against: a change of it shows in a review. */
final class ApiSurface {
  private static final Set<String> PACKAGES =
      Set.of(
          "io.testmesh",
          "io.testmesh.action",
          "io.testmesh.event",
          "io.testmesh.flow",
          "io.testmesh.result",
          "io.testmesh.spi",
          "io.testmesh.junit",
          "io.testmesh.testkit");

  private ApiSurface() {}

  static String page() {
    StringBuilder page =
        new StringBuilder(
            "# What users compile against. Made by .ci/reference; a test compares.\n");
    List<JavaClass> types =
        PublishedClasses.all().stream()
            .filter(type -> PACKAGES.contains(type.getPackageName()) && isOpen(type))
            .sorted(Comparator.comparing(JavaClass::getName))
            .toList();
    for (JavaClass type : types) {
      page.append('\n').append(kind(type)).append(' ').append(type.getName()).append('\n');
      for (String member : members(type)) {
        page.append("  ").append(member).append('\n');
      }
    }
    return page.toString();
  }

  /** Whether the type and all around it can be seen from outside. */
  private static boolean isOpen(JavaClass type) {
    boolean open =
        type.getModifiers().contains(JavaModifier.PUBLIC)
            || type.getModifiers().contains(JavaModifier.PROTECTED);
    return open && type.getEnclosingClass().map(ApiSurface::isOpen).orElse(true);
  }

  private static String kind(JavaClass type) {
    String kind =
        type.isAnnotation()
            ? "@interface"
            : type.isInterface()
                ? "interface"
                : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    boolean isFinal = type.getModifiers().contains(JavaModifier.FINAL) && kind.equals("class");
    return isFinal ? "final " + kind : kind;
  }

  private static Set<String> members(JavaClass type) {
    Set<String> members = new TreeSet<>();
    for (JavaMember member : type.getMembers()) {
      Set<JavaModifier> modifiers = member.getModifiers();
      boolean open =
          modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
      if (open && !modifiers.contains(JavaModifier.SYNTHETIC)) {
        String words = member instanceof JavaField field ? words(field) : words(member);
        members.add(modifiers.contains(JavaModifier.STATIC) ? "static " + words : words);
      }
    }
    return members;
  }

  private static String words(JavaField field) {
    return field.getName() + ": " + shortName(field.getType());
  }

  private static String words(JavaMember member) {
    JavaCodeUnit unit = (JavaCodeUnit) member;
    String parameters =
        unit.getParameterTypes().stream()
            .map(ApiSurface::shortName)
            .collect(Collectors.joining(", "));
    return unit.isConstructor()
        ? "new(" + parameters + ")"
        : unit.getName() + "(" + parameters + "): " + shortName(unit.getReturnType());
  }

  private static String shortName(JavaType type) {
    return type.getName().replaceAll("[A-Za-z0-9_]+\\.", "");
  }
}

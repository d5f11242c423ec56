package io.testmesh.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds for a static field that is final and whose type cannot change. Collections pass when the
 * class's static initialiser makes no mutable one; arrays when no other package sees them; our own
 * types when all their fields are final.
 */
final class BeImmutable extends ArchCondition<JavaField> {
  private static final Set<String> IMMUTABLE =
      Set.of(
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Class",
          "java.lang.Double",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Object",
          "java.lang.Short",
          "java.lang.String",
          "java.lang.invoke.MethodHandle",
          "java.lang.invoke.VarHandle",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.math.MathContext",
          "java.net.URI",
          "java.nio.charset.Charset",
          "java.nio.file.Path",
          "java.util.Comparator",
          "java.util.HexFormat",
          "java.util.Locale",
          "java.util.Optional",
          "java.util.UUID",
          "java.util.regex.Pattern",
          "com.fasterxml.jackson.core.JsonFactory",
          "com.google.re2j.Pattern",
          "okhttp3.MediaType",
          "okhttp3.RequestBody",
          "okio.ByteString",
          "org.slf4j.Logger");
  private static final Set<String> IMMUTABLE_PACKAGES =
      Set.of("java.time", "java.time.format", "java.util.function");
  private static final Set<String> COLLECTIONS =
      Set.of("java.util.Collection", "java.util.List", "java.util.Map", "java.util.Set");

  BeImmutable() {
    super("be final and of an immutable type");
  }

  @Override
  public void check(JavaField field, ConditionEvents events) {
    if (field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
      return;
    }
    String problem = problem(field);
    if (problem != null) {
      events.add(
          SimpleConditionEvent.violated(
              field, field.getName() + " " + problem + " in " + field.getSourceCodeLocation()));
    }
  }

  private static @Nullable String problem(JavaField field) {
    JavaClass type = field.getRawType();
    if (!field.getModifiers().contains(JavaModifier.FINAL)) {
      return "is not final";
    }
    if (type.isArray()) {
      return isExposed(field) ? "is an array for everybody" : null;
    }
    if (COLLECTIONS.contains(type.getName())) {
      return mutableCollectionMadeFor(field.getOwner())
          .map(name -> "may be the mutable " + name)
          .orElse(null);
    }
    return isImmutable(type) ? null : "has the mutable type " + type.getName();
  }

  private static boolean isExposed(JavaField field) {
    return field.getModifiers().contains(JavaModifier.PUBLIC)
        || field.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static boolean isImmutable(JavaClass type) {
    if (type.isPrimitive() || type.isEnum() || IMMUTABLE.contains(type.getName())) {
      return true;
    }
    if (IMMUTABLE_PACKAGES.contains(type.getPackageName())) {
      return true;
    }
    return type.getPackageName().startsWith("io.testmesh")
        && type.getAllFields().stream()
            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
            .allMatch(field -> field.getModifiers().contains(JavaModifier.FINAL));
  }

  private static Optional<String> mutableCollectionMadeFor(JavaClass owner) {
    Optional<JavaStaticInitializer> initializer = owner.getStaticInitializer();
    if (initializer.isEmpty()) {
      return Optional.empty();
    }
    return initializer.get().getConstructorCallsFromSelf().stream()
        .map(JavaConstructorCall::getTargetOwner)
        .filter(
            made -> made.isAssignableTo(Iterable.class) || made.isAssignableTo(java.util.Map.class))
        .filter(made -> made.getPackageName().startsWith("java.util"))
        .map(JavaClass::getSimpleName)
        .findFirst();
  }
}

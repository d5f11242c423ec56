package io.testmesh.engine.yaml;

import org.jspecify.annotations.Nullable;

/** The tags of the core schema (YAML 1.2.2, chapter 10). */
final class StandardTags {
  static final String PREFIX = "tag:yaml.org,2002:";
  static final String TEXT = PREFIX + "str";

  private StandardTags() {}

  static boolean isScalar(String tag) {
    return switch (tag) {
      case TEXT, PREFIX + "int", PREFIX + "float", PREFIX + "bool", PREFIX + "null" -> true;
      default -> false;
    };
  }

  /** Whether a value that the core schema read is what the tag says. */
  static boolean fits(String tag, @Nullable Object value) {
    return switch (tag) {
      case PREFIX + "null" -> value == null;
      case PREFIX + "bool" -> value instanceof Boolean;
      case PREFIX + "int" -> value instanceof Long || value instanceof java.math.BigInteger;
      case PREFIX + "float" -> value instanceof Number;
      default -> false;
    };
  }
}

package io.testmesh.engine.expression;

import org.jspecify.annotations.Nullable;

/** stub. */
public final class ValueTypes {
  private ValueTypes() {}

  /** stub. */
  public static @Nullable Object toJson(@Nullable Object value) {
    return value;
  }

  /** stub. */
  public static String type(@Nullable Object value) {
    return "nil";
  }

  /** stub. */
  public static @Nullable Object tagged(@Nullable Object value) {
    return value;
  }
}

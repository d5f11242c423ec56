package io.testmesh.engine.run;

import io.testmesh.engine.value.JsonText;
import io.testmesh.engine.value.JsonValues;
import org.jspecify.annotations.Nullable;

/** Says values in messages. */
final class ValueWords {
  private static final int LONGEST = 120;

  private ValueWords() {}

  /** The value as JSON with its type, cut when it is long: {@code 59.96 (number)}. */
  static String of(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    String text = JsonText.SHARED.render(value);
    return (text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…")
        + " ("
        + JsonValues.type(value)
        + ")";
  }

  /** The value as a text: a text as it is, anything else as JSON. */
  static String text(Object value) {
    return value instanceof String text ? text : JsonText.SHARED.render(value);
  }
}

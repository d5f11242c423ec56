package io.testmesh.plugin.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that makes a manifest unusable.
 *
 * @param code the catalogue's code, in capitals
 * @param place where: {@code manifest.json:3:14}, or the file's name alone
 * @param pointer the JSON pointer of the value; empty for the whole file
 * @param message what was found and what was expected
 * @param hint the cure, or null
 */
public record ManifestProblem(
    String code, String place, String pointer, String message, @Nullable String hint) {
  /** Checks that the parts are present. */
  public ManifestProblem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(pointer, "pointer");
    Objects.requireNonNull(message, "message");
  }

  /** Place and message in one line. */
  public String text() {
    return place + " " + message;
  }

  /** JSON-like: code, place, pointer, message and, where there is one, hint. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("code", code);
    map.put("place", place);
    map.put("pointer", pointer);
    map.put("message", message);
    if (hint != null) {
      map.put("hint", hint);
    }
    return map;
  }
}

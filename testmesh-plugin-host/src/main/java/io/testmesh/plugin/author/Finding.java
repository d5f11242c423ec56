package io.testmesh.plugin.author;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that a check of a plugin found.
 *
 * @param severity whether it has to be mended
 * @param code a stable code, in capitals
 * @param message what was found, with its place
 * @param fix what to do about it
 */
public record Finding(Severity severity, String code, String message, String fix) {

  /** Whether a finding has to be mended. */
  public enum Severity {
    /** The plugin cannot be used so. */
    ERROR,
    /** It works, but not everywhere or not for ever. */
    WARNING
  }

  /** Checks that the parts are present. */
  public Finding {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(fix, "fix");
  }

  /** Something that has to be mended. */
  public static Finding error(String code, String message, String fix) {
    return new Finding(Severity.ERROR, code, message, fix);
  }

  /** Something that had better be mended. */
  public static Finding warning(String code, String message, String fix) {
    return new Finding(Severity.WARNING, code, message, fix);
  }

  /** JSON-like: severity, code, message, fix. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("severity", severity == Severity.ERROR ? "error" : "warning");
    map.put("code", code);
    map.put("message", message);
    map.put("fix", fix);
    return map;
  }
}

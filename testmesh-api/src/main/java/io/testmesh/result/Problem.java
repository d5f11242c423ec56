package io.testmesh.result;

import io.testmesh.flow.SourceSpan;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong that was found before anything ran.
 *
 * @param severity whether it keeps the flow from running
 * @param code the stable code, lower case with underscores, such as {@code unknown_key}
 * @param message what was found and what was expected, without the place
 * @param span the place; {@link SourceSpan#NONE} only for flows made in Java
 * @param hint what to do about it, such as {@code did you mean "assert"?}; null where nothing is
 *     sure
 * @param excerpt the source lines with the place marked, ready to print; empty without a source
 * @since 0.1
 */
public record Problem(
    Severity severity,
    String code,
    String message,
    SourceSpan span,
    @Nullable String hint,
    List<String> excerpt) {

  /** Checks that the parts are present and copies the list. */
  public Problem {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(span, "span");
    excerpt = List.copyOf(excerpt);
  }

  /** An error without excerpt. */
  public static Problem error(String code, String message, SourceSpan span, @Nullable String hint) {
    return new Problem(Severity.ERROR, code, message, span, hint, List.of());
  }

  /** A warning without excerpt. */
  public static Problem warning(
      String code, String message, SourceSpan span, @Nullable String hint) {
    return new Problem(Severity.WARNING, code, message, span, hint, List.of());
  }

  /** The same problem with its source lines. */
  public Problem withExcerpt(List<String> lines) {
    return new Problem(severity, code, message, span, hint, lines);
  }

  /** Whether the problem keeps the flow from running. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** Gives place, message and hint in one line. */
  @Override
  public String toString() {
    String place = span.toString();
    return (place.isEmpty() ? "" : place + " ") + message + (hint == null ? "" : "; " + hint);
  }

  /** How bad a problem is. */
  public enum Severity {
    /** The flow does not run. */
    ERROR,
    /** The flow runs; the problem is shown. */
    WARNING
  }
}

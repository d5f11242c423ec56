package io.testmesh.engine.check;

import io.testmesh.engine.expression.Expression;
import io.testmesh.flow.Retry;
import io.testmesh.flow.SourceTree;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a failed attempt is repeated, conditions parsed.
 *
 * @param retry the policy as it was written
 * @param retryOn what a failure must match; empty for any
 * @param retryOnNot failures that are never repeated
 */
public record CompiledRetry(Retry retry, List<Condition> retryOn, List<Condition> retryOnNot) {
  /** The words that stand for codes of failures. */
  static final Set<String> WORDS =
      Set.of("timeout", "connection_error", "connection_failed", "assertion");

  /** One attempt. */
  static final CompiledRetry NONE = new CompiledRetry(Retry.NONE, List.of(), List.of());

  /** Copies the lists. */
  public CompiledRetry {
    retryOn = List.copyOf(retryOn);
    retryOnNot = List.copyOf(retryOnNot);
  }

  /**
   * A word or an expression.
   *
   * @param text as it was written
   * @param expression null for a word
   * @param place where it stands
   */
  public record Condition(String text, @Nullable Expression expression, SourceTree place) {

    /** Whether the word stands for the code. */
    public boolean means(String code) {
      return switch (text) {
        case "timeout" -> code.equals("timeout");
        case "assertion" ->
            code.equals("assertion_failed")
                || code.equals("expression_failed")
                || code.equals("output_not_found")
                || code.equals("unexpected_status");
        default -> code.equals("connection_failed") || code.equals("connection_error");
      };
    }
  }
}

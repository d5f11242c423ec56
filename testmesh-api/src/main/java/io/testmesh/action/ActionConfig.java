package io.testmesh.action;

import io.testmesh.flow.Assertion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step's configuration, rendered and checked against the descriptor, defaults filled in.
 * Immutable.
 *
 * <p>The typed methods throw {@link IllegalArgumentException} when the key is not declared with
 * that type: an error in the handler, not in the flow.
 *
 * @since 0.1
 */
public interface ActionConfig {

  /** All values, JSON-like, as they are recorded; a duration stands as it was written. */
  Map<String, @Nullable Object> values();

  /** Whether the key was given or has a default; null counts as given. */
  boolean has(String key);

  /** The value as it is; null when it was not given or is null. */
  @Nullable Object value(String key);

  /** A text that is required or has a default. */
  String text(String key);

  /** A text that may be left out. */
  Optional<String> optionalText(String key);

  /** A whole number that is required or has a default. */
  long integer(String key);

  /** A number that is required or has a default. */
  Number number(String key);

  /** A boolean that is required or has a default. */
  boolean bool(String key);

  /** A duration that is required or has a default. */
  Duration duration(String key);

  /** A duration that may be left out. */
  Optional<Duration> optionalDuration(String key);

  /** A map; empty when it was not given. */
  Map<String, @Nullable Object> map(String key);

  /** A list; empty when it was not given. */
  List<@Nullable Object> list(String key);

  /**
   * The expression at a place of the configuration.
   *
   * @param path keys and indexes that lead to a value of type {@link ConfigType#EXPRESSION}
   */
  CheckedExpression expression(Object... path);

  /** The assertions under a key of type {@link ConfigType#ASSERTIONS}; empty when not given. */
  List<CheckedAssertion> assertions(String key);

  /** An expression that was parsed when the flow was loaded; evaluated by the context. */
  interface CheckedExpression {
    /** The expression as it was written. */
    String source();
  }

  /** An assertion that was parsed when the flow was loaded; evaluated by the context. */
  interface CheckedAssertion {
    /** The assertion as it was written. */
    Assertion assertion();
  }
}

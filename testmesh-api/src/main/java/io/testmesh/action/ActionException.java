package io.testmesh.action;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An action failed. Carries a stable code, a message for people, and what is known.
 *
 * @since 0.1
 */
public class ActionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The action failed and nothing more special is known. */
  public static final String ACTION_FAILED = "action_failed";

  /** The server could not be reached, or the connection was lost. */
  public static final String CONNECTION_FAILED = "connection_failed";

  /** The server refused the credentials. */
  public static final String AUTHENTICATION_FAILED = "authentication_failed";

  /** The action took too long. */
  public static final String TIMEOUT = "timeout";

  /** The action was stopped from outside. */
  public static final String CANCELLED = "cancelled";

  /** A value of the configuration is not usable. */
  public static final String INVALID_VALUE = "invalid_value";

  private final String code;
  private @Nullable String hint;
  private final transient Map<String, @Nullable Object> details = new LinkedHashMap<>();
  private transient ActionResult result = ActionResult.EMPTY;
  private boolean unrunnable;

  /** A failure with its stable code and its message. */
  public ActionException(String code, String message) {
    this(code, message, null);
  }

  /** A failure with its stable code, its message and what caused it. */
  public ActionException(String code, String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.code = Objects.requireNonNull(code, "code");
  }

  /** Says what to do about it. */
  public ActionException hint(String text) {
    hint = text;
    return this;
  }

  /** Adds a JSON-like fact for tools. */
  public ActionException detail(String key, @Nullable Object value) {
    details.put(key, value);
    return this;
  }

  /** Keeps what the action found all the same: it is recorded with the step. */
  public ActionException result(ActionResult found) {
    result = found;
    return this;
  }

  /** Says that the flow could not be run at all: it ends as {@code error}, not as failed. */
  public ActionException unrunnable() {
    unrunnable = true;
    return this;
  }

  /** The stable code, lower case with underscores. */
  public String code() {
    return code;
  }

  /** What to do about it. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** JSON-like facts for tools. */
  public Map<String, @Nullable Object> details() {
    return Collections.unmodifiableMap(details);
  }

  /** What the action found all the same; empty when nothing. */
  public ActionResult result() {
    return result;
  }

  /** Whether the flow could not be run at all. */
  public boolean isUnrunnable() {
    return unrunnable;
  }
}

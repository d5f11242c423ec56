package io.testmesh.action;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An action failed. Carries a stable code, a message for people, and what is known. The first line
 * of the message is the sentence; more lines quote what it is about, such as a statement with its
 * error marked, and are shown below it.
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
  private transient List<Object> place = List.of();
  private transient @Nullable Mark mark;
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

  /**
   * Names the value of the configuration that is at fault: people are pointed at it instead of at
   * the step.
   *
   * @param path a key of the configuration, then keys and indexes inside of its value
   */
  public ActionException at(Object... path) {
    place = List.of(path);
    return this;
  }

  /**
   * Says at which character of a text it went wrong. If that text is the value that {@link #at}
   * names, the character is marked where it is written; if placeholders or the action made the
   * text, its line is quoted below the message, with a mark.
   *
   * @param text such as the statement that a server refused
   * @param index of the character, counted from 0 in UTF-16 units; the text's length for its end
   */
  public ActionException mark(String text, int index) {
    mark = new Mark(text, Math.min(Math.max(0, index), text.length()));
    return this;
  }

  /**
   * A character of a text.
   *
   * @param text the whole text
   * @param index of the character, counted from 0 in UTF-16 units; the text's length for its end
   */
  public record Mark(String text, int index) {}

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

  /** The path of the value of the configuration that is at fault; empty when it is none. */
  public List<Object> place() {
    return place;
  }

  /** The character at which it went wrong. */
  public Optional<Mark> mark() {
    return Optional.ofNullable(mark);
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

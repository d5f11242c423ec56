package io.testmesh.result;

import io.testmesh.flow.SourceSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt, a step or a flow did not pass. Immutable.
 *
 * @since 0.1
 */
public final class Failure {
  private final String code;
  private final String message;
  private final SourceSpan span;
  private final @Nullable String step;
  private final @Nullable String hint;
  private final Map<String, @Nullable Object> details;
  private final List<String> excerpt;
  private final @Nullable String stackTrace;
  private final List<Failure> others;

  private Failure(Builder from) {
    code = from.code;
    message = from.message;
    span = from.span;
    step = from.step;
    hint = from.hint;
    details = Collections.unmodifiableMap(new LinkedHashMap<>(from.details));
    excerpt = List.copyOf(from.excerpt);
    stackTrace = from.stackTrace;
    others = List.copyOf(from.others);
  }

  /** Starts a failure with its stable code and its message for people. */
  public static Builder builder(String code, String message) {
    return new Builder(code, message);
  }

  /** The stable code, lower case with underscores. */
  public String code() {
    return code;
  }

  /**
   * What was found and what was expected, without the place; secrets masked. More lines than one
   * quote what it is about.
   */
  public String message() {
    return message;
  }

  /** The message with the hint behind its first line. */
  public String explanation() {
    if (hint == null) {
      return message;
    }
    int end = message.indexOf('\n');
    if (end > 0 && message.charAt(end - 1) == '\r') {
      end--;
    }
    return end < 0
        ? message + "; " + hint
        : message.substring(0, end) + "; " + hint + message.substring(end);
  }

  /** The place in the flow: the assertion, the output, or the step. */
  public SourceSpan span() {
    return span;
  }

  /** The id of the step that failed; empty when the flow itself did. */
  public Optional<String> step() {
    return Optional.ofNullable(step);
  }

  /** What to do about it, where that is sure. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** JSON-like facts for tools, such as {@code {attempts: integer}}. */
  public Map<String, @Nullable Object> details() {
    return details;
  }

  /** The source lines with the place marked, ready to print; empty without a source. */
  public List<String> excerpt() {
    return excerpt;
  }

  /** The Java stack trace of something that an action threw unexpectedly. */
  public Optional<String> stackTrace() {
    return Optional.ofNullable(stackTrace);
  }

  /** What else was wrong in the same attempt, such as outputs that found nothing; in order. */
  public List<Failure> others() {
    return others;
  }

  /** A builder that holds what this failure holds. */
  public Builder toBuilder() {
    Builder copy = new Builder(code, message);
    copy.span = span;
    copy.step = step;
    copy.hint = hint;
    copy.details.putAll(details);
    copy.excerpt = excerpt;
    copy.stackTrace = stackTrace;
    copy.others.addAll(others);
    return copy;
  }

  /** Gives code and message. */
  @Override
  public String toString() {
    return code + ": " + message;
  }

  /** Collects the parts of a failure; not safe for use by several threads. */
  public static final class Builder {
    private final String code;
    private String message;
    private SourceSpan span = SourceSpan.NONE;
    private @Nullable String step;
    private @Nullable String hint;
    private final Map<String, @Nullable Object> details = new LinkedHashMap<>();
    private List<String> excerpt = List.of();
    private @Nullable String stackTrace;
    private final List<Failure> others = new ArrayList<>();

    private Builder(String code, String message) {
      this.code = Objects.requireNonNull(code, "code");
      this.message = Objects.requireNonNull(message, "message");
    }

    /** Replaces the message. */
    public Builder message(String text) {
      message = text;
      return this;
    }

    /** Sets the place. */
    public Builder span(SourceSpan place) {
      span = place;
      return this;
    }

    /** Names the step that failed. */
    public Builder step(@Nullable String id) {
      step = id;
      return this;
    }

    /** Says what to do about it. */
    public Builder hint(@Nullable String text) {
      hint = text;
      return this;
    }

    /** Adds a fact for tools; the value is JSON-like. */
    public Builder detail(String key, @Nullable Object value) {
      details.put(key, value);
      return this;
    }

    /** Sets the marked source lines. */
    public Builder excerpt(List<String> lines) {
      excerpt = lines;
      return this;
    }

    /** Sets the Java stack trace. */
    public Builder stackTrace(@Nullable String text) {
      stackTrace = text;
      return this;
    }

    /** Adds what else was wrong in the same attempt. */
    public Builder other(Failure failure) {
      others.add(Objects.requireNonNull(failure, "failure"));
      return this;
    }

    /** Makes the failure. */
    public Failure build() {
      return new Failure(this);
    }
  }
}

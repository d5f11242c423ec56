package io.testmesh.plugin.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call that brought no answer. */
public final class CallFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What happened. */
  public enum Kind {
    /** Nobody took the connection; nothing was sent. */
    NOT_CONNECTED,
    /** The connection ended before an answer came. */
    NO_ANSWER,
    /** The time was up. */
    OUT_OF_TIME
  }

  private final Kind kind;

  CallFailure(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** What happened. */
  public Kind kind() {
    return kind;
  }
}

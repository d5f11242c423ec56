package io.testmesh.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server could not be started. The message says why, for people.
 *
 * @since 0.1
 */
public final class ServerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String hint;

  ServerException(String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /** What to do about it. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}

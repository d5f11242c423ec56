package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;

/** A server answered with an error; the connection is fine. */
final class ServerError extends ActionException {
  private static final long serialVersionUID = 1L;

  private final String kind;

  /**
   * An error of a server.
   *
   * @param kind the first word of the server's answer, such as {@code WRONGTYPE}
   */
  ServerError(String code, String kind, String message, Throwable cause) {
    super(code, message, cause);
    this.kind = kind;
  }

  boolean is(String word) {
    return kind.equals(word);
  }
}

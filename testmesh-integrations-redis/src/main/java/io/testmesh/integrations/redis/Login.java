package io.testmesh.integrations.redis;

import org.jspecify.annotations.Nullable;

/**
 * Who a client says it is.
 *
 * @param user null for the server's default user
 */
record Login(@Nullable String user, String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return user == null ? "the default user" : user;
  }
}

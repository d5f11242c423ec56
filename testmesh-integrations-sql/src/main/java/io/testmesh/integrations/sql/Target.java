package io.testmesh.integrations.sql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database as a connection string names it.
 *
 * @param url for the driver, without user and password where the database is PostgreSQL
 * @param properties for the driver: its own names and values
 * @param address where it is, for messages; names no password
 * @param isPostgres whether the driver is that of PostgreSQL
 */
record Target(String url, Map<String, String> properties, String address, boolean isPostgres) {
  static final String USER = "user";
  static final String PASSWORD = "password";
  static final String SSL_MODE = "sslmode";

  Target {
    properties = Map.copyOf(properties);
  }

  /** The value of a property; null when it is not set. */
  @Nullable String property(String name) {
    return properties.get(name);
  }

  /** Names no password: a record would. */
  @Override
  public String toString() {
    return address;
  }
}

package io.testmesh.backends;

import java.io.IOException;
import java.net.URI;
import java.util.UUID;

/** A database of one's own on the shared PostgreSQL server; dropped when it is closed. */
public final class PostgresDatabase implements AutoCloseable {
  private final PostgresClient server;
  private final PostgresClient client;
  private final String name;
  private final String url;

  private PostgresDatabase(String address) {
    this.name = "test_" + UUID.randomUUID().toString().replace("-", "");
    this.url = URI.create(address).resolve("/" + name).toString();
    this.server = new PostgresClient(address);
    this.client = new PostgresClient(url);
    server.sql("CREATE DATABASE " + name);
  }

  /** An empty database. */
  public static PostgresDatabase create() throws IOException, InterruptedException {
    return new PostgresDatabase(Backends.postgres().address());
  }

  /** The address with user, password and database. */
  public String url() {
    return url;
  }

  /**
   * Runs statements.
   *
   * @return the values of the rows, a line each, columns with {@code |} between them
   */
  public String sql(String statements) {
    return client.sql(statements);
  }

  @Override
  public void close() {
    // Not WITH (FORCE): that fails while the server itself vacuums there, which the plain one ends.
    server.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user"
            + " AND datname = '"
            + name
            + "'");
    server.sql("DROP DATABASE " + name);
  }
}

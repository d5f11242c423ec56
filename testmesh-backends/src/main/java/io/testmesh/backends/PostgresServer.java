package io.testmesh.backends;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL server of one's own, with passwords and TLS; killed when it is closed. It does not
 * run as root: root's is started as nobody.
 */
public final class PostgresServer implements AutoCloseable {
  /** Where it listens. */
  public static final String HOST = "127.0.0.1";

  /** A user that may create databases. */
  public static final String USER = "tester";

  /** That user's password. */
  public static final String PASSWORD = "pg-secret-17";

  /** That user's database. */
  public static final String DATABASE = "shop";

  private static final String OWNER_PASSWORD = "owner-secret-17";

  private final Path folder;
  private final Path programs;
  private final int port;
  private final List<String> drop;
  private final ServerProcess process;

  private PostgresServer(Path folder, PostgresPrograms source, int port)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.programs = source.in(folder);
    this.port = port;
    boolean isRoot = "root".equals(System.getProperty("user.name"));
    this.drop =
        isRoot
            ? List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
            : List.of();
    Certificates certificates = Certificates.in(folder);
    Files.move(certificates.caFile(), folder.resolve("server.pem"));
    Files.writeString(folder.resolve("password"), OWNER_PASSWORD);
    if (isRoot) {
      run(List.of("chown", "-R", "nobody:nogroup", folder.toString()));
    }
    run(List.of("chmod", "600", file("server.pem"), file("server.key")));
    List<String> initdb = new ArrayList<>(drop);
    initdb.addAll(List.of(programs.resolve("initdb").toString(), "-D", file("data")));
    initdb.addAll(List.of("-U", "postgres", "-A", "scram-sha-256"));
    initdb.addAll(List.of("--pwfile=" + file("password"), "--no-sync", "-E", "UTF8"));
    initdb.add("--locale=C");
    run(initdb);
    this.process =
        ServerProcess.start(
            new ServerProcess.Launch("PostgreSQL", folder, command(), Map.of(), "QUIT"),
            () -> owner().answers());
  }

  /** A server that answers. */
  public static PostgresServer start() throws IOException, InterruptedException {
    return startAt(Ports.free(1)[0]);
  }

  /** A server that answers at a port. */
  static PostgresServer startAt(int port) throws IOException, InterruptedException {
    return start(PostgresPrograms.find(), port);
  }

  /** A server of these programs that answers at a port. */
  static PostgresServer start(PostgresPrograms programs, int port)
      throws IOException, InterruptedException {
    PostgresServer server = new PostgresServer(ServerProcess.folder("pg"), programs, port);
    server.sqlAsOwner("CREATE ROLE " + USER + " LOGIN CREATEDB PASSWORD '" + PASSWORD + "'");
    server.sqlAsOwner("CREATE DATABASE " + DATABASE + " OWNER " + USER);
    return server;
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(drop);
    command.addAll(List.of(programs.resolve("postgres").toString(), "-D", file("data")));
    command.addAll(List.of("-p", Integer.toString(port), "-h", HOST, "-k", ""));
    for (String option :
        List.of(
            "fsync=off",
            "full_page_writes=off",
            "shared_buffers=32MB",
            "max_connections=60",
            "timezone=UTC",
            "log_timezone=UTC",
            "ssl=on",
            "ssl_cert_file=" + file("server.pem"),
            "ssl_key_file=" + file("server.key"))) {
      command.addAll(List.of("-c", option));
    }
    return command;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** The address with user, password and database. */
  public String url() {
    return url(HOST + ":" + port);
  }

  /** The address with user, password and database, of a server at a host and port. */
  static String url(String address) {
    return "postgres://" + USER + ":" + PASSWORD + "@" + address + "/" + DATABASE;
  }

  /** The certificate that its own was signed with, in PEM. */
  public Path caFile() {
    return folder.resolve("server.pem");
  }

  /**
   * Runs statements as the user in the user's database.
   *
   * @return the values of the rows, a line each, columns with {@code |} between them
   */
  public String sql(String statements) {
    return new PostgresClient(url()).sql(statements);
  }

  /** The same as the server's owner. */
  public String sqlAsOwner(String statements) {
    return owner().sql(statements);
  }

  private PostgresClient owner() {
    String user = "postgres";
    return new PostgresClient(
        "postgres://" + user + ":" + OWNER_PASSWORD + "@" + HOST + ":" + port + "/" + user);
  }

  /** How many connections with that application name it has. */
  public long sessions(String application) {
    return Long.parseLong(
        sqlAsOwner(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = '"
                + application
                + "'"));
  }

  /** How many statements run whose text has the part. */
  public long running(String part) {
    return Long.parseLong(
        sqlAsOwner(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <>"
                + " pg_backend_pid() AND query LIKE '%"
                + part.replace("'", "''")
                + "%'"));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command.get(0) + ": " + said);
    }
  }

  /** Stops it at once, as a crash would; what was committed stays. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on the same port with the data it had. */
  public void restart() throws IOException, InterruptedException {
    process.restart();
  }

  @Override
  public void close() {
    process.close();
  }
}

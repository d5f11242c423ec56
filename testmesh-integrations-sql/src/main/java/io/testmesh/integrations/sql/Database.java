package io.testmesh.integrations.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.Deadline;
import io.testmesh.result.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one database: opened when they are needed, kept open between steps, closed
 * with the runner. Safe for use by several threads.
 */
final class Database implements AutoCloseable {
  /** As servers show it in the list of their sessions. */
  static final String APPLICATION = "testmesh";

  private static final long REST_MILLIS = 60_000;
  private static final long SHORTEST_TIMEOUT_MILLIS = 250;
  private static final int MOST_STATEMENTS = 500;
  private static final int LONGEST_KEPT = 10_000;

  private final SqlSettings settings;
  private final SqlErrors errors;
  private final HikariDataSource pool;

  /** In front of the pool, which would not wait as long as a step may. */
  private final Semaphore free;

  /** The types of parameters, by statement; asking costs a round trip. */
  private final Map<String, List<String>> parameterTypes = new ConcurrentHashMap<>();

  /** Statements as the driver takes them, by their text. */
  private final Map<String, Shape> shapes = new ConcurrentHashMap<>();

  /** What is known of statements, by their text. */
  private final Map<String, StatementText> texts = new ConcurrentHashMap<>();

  private record Shape(int count, Sql sql) {}

  private Database(SqlSettings settings, HikariDataSource pool, SqlErrors errors) {
    this.settings = settings;
    this.pool = pool;
    this.errors = errors;
    this.free = new Semaphore(settings.poolSize(), true);
  }

  /** The database that a step's configuration names. */
  static Database of(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    if (config.value("tls") instanceof Map) {
      // Its files are seen from the folder of the flow.
      SqlSettings settings = SqlSettings.of(context);
      return context.runnerResources().resource(Database.class, settings, () -> open(settings));
    }
    // As it is written, which says the same and need not be read for every step.
    List<@Nullable Object> written = SqlKeys.written(config::value);
    return context
        .runnerResources()
        .resource(Database.class, written, () -> open(SqlSettings.of(context)));
  }

  private static Database open(SqlSettings settings) throws ActionException, InterruptedException {
    Target target = settings.target();
    SqlErrors errors = new SqlErrors(target);
    HikariConfig config = new HikariConfig();
    config.setPoolName("testmesh-sql-" + target.address());
    config.setJdbcUrl(target.url());
    config.setDataSourceProperties(properties(settings));
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(0);
    config.setIdleTimeout(REST_MILLIS);
    config.setConnectionTimeout(
        Math.max(SHORTEST_TIMEOUT_MILLIS, settings.connectionTimeout().toMillis()));
    config.setInitializationFailTimeout(1);
    try {
      return new Database(settings, new HikariDataSource(config), errors);
    } catch (RuntimeException e) {
      if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("stopped while it connected");
      }
      throw e instanceof PoolInitializationException ? errors.connecting(e) : errors.noDriver(e);
    }
  }

  private static Properties properties(SqlSettings settings) {
    Properties properties = new Properties();
    Target target = settings.target();
    if (target.isPostgres()) {
      String seconds =
          Long.toString(Math.max(1, (settings.connectionTimeout().toMillis() + 999) / 1000));
      properties.put("connectTimeout", seconds);
      properties.put("loginTimeout", seconds);
      properties.put("cancelSignalTimeout", "2");
      properties.put("ApplicationName", APPLICATION);
      properties.put("tcpKeepAlive", "true");
      // The server decides what a value is, as if it stood in the statement.
      properties.put("stringtype", "unspecified");
      // As the server writes it: what the driver makes of it may lose digits or an offset.
      properties.put("binaryTransfer", "false");
      // A result of any size would end the whole run.
      properties.put("maxResultBuffer", "40p");
      TlsSocketFactory.describe(settings.tls(), properties);
    }
    properties.putAll(target.properties());
    if (target.isPostgres()) {
      String own = "-c intervalstyle=iso_8601 -c datestyle=ISO";
      String options = target.property("options");
      properties.put("options", options == null ? own : options + " " + own);
    }
    return properties;
  }

  SqlSettings settings() {
    return settings;
  }

  boolean isPostgres() {
    return settings.target().isPostgres();
  }

  SqlErrors errors() {
    return errors;
  }

  /**
   * A connection for a step.
   *
   * @throws ActionException code {@code connection_failed}, {@code authentication_failed}, {@code
   *     database_not_found}, or {@code timeout} when none became free in the step's time
   */
  Session session(ActionContext context, @Nullable Duration timeout)
      throws ActionException, InterruptedException {
    Deadline step = context.deadline();
    Deadline end = timeout == null ? step : Deadline.after(timeout).earlier(step);
    if (!free.tryAcquire()) {
      int size = settings.poolSize();
      String server = errors.server();
      context.log(
          Level.WARN,
          "waits: all " + size + " connections to " + server + " are in use (pool_size)");
      if (!free.tryAcquire(Math.max(0, end.remainingNanos()), TimeUnit.NANOSECONDS)) {
        throw new ActionException(
                ActionException.TIMEOUT,
                "all "
                    + size
                    + " connections to "
                    + server
                    + " are in use by other steps, and none became free in time")
            .hint("a larger \"pool_size\" of the connection, or fewer flows at once");
      }
    }
    boolean isTaken = false;
    try {
      Session session = new Session(this, connect(), context, timeout);
      isTaken = true;
      return session;
    } finally {
      if (!isTaken) {
        free.release();
      }
    }
  }

  private Connection connect() throws ActionException, InterruptedException {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("stopped while it connected");
      }
      throw errors.connecting(e);
    }
  }

  /**
   * Takes a connection back.
   *
   * @param isClean whether the next step finds it as a new one would be
   */
  void give(Connection connection, boolean isClean) {
    try {
      if (!isClean) {
        pool.evictConnection(connection);
      }
      connection.close();
    } catch (SQLException e) {
      pool.evictConnection(connection);
    } finally {
      free.release();
    }
  }

  /** The types of a statement's parameters as they were found, or null. */
  @Nullable List<String> parameterTypes(String statement) {
    return parameterTypes.get(statement);
  }

  /** Keeps the types of a statement's parameters. */
  void parameterTypes(String statement, List<String> types) {
    if (parameterTypes.size() < MOST_STATEMENTS && statement.length() < LONGEST_KEPT) {
      parameterTypes.put(statement, types);
    }
  }

  /** A statement for so many values in a list, which are its indexes; null when it is not known. */
  @Nullable Sql shape(String statement, int count) {
    Shape shape = shapes.get(statement);
    return shape == null || shape.count() != count ? null : shape.sql();
  }

  /** Keeps a statement for so many values in a list. */
  void shape(String statement, int count, Sql sql) {
    if (shapes.size() < MOST_STATEMENTS && statement.length() < LONGEST_KEPT) {
      shapes.put(statement, new Shape(count, sql));
    }
  }

  /** What is to be known of a statement. */
  StatementText known(String statement) {
    StatementText known = texts.get(statement);
    if (known == null) {
      known = StatementText.of(statement);
      if (texts.size() < MOST_STATEMENTS && statement.length() < LONGEST_KEPT) {
        texts.put(statement, known);
      }
    }
    return known;
  }

  @Override
  public void close() {
    pool.close();
  }
}

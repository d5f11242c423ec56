package io.testmesh.integrations.sql;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.Cancellation.Registration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * A connection while a step uses it. Stops the statement that runs when the step is stopped or its
 * time-out is over: by asking the server, and by closing the connection when that does not help.
 * Belongs to the thread of the step.
 */
final class Session implements AutoCloseable {
  private static final long GRACE_MILLIS = 2_000;

  private final Database database;
  private final Connection connection;
  private final ActionContext context;
  private final @Nullable Duration timeout;
  private final Registration registration;
  private @Nullable Statement running;
  private boolean cancelled;
  private boolean timedOut;
  private boolean aborted;
  private boolean closed;
  private boolean touched;

  /**
   * A session; the connection goes back when it is closed.
   *
   * @param timeout how long it may take from now; null for as long as the step may
   */
  Session(
      Database database, Connection connection, ActionContext context, @Nullable Duration timeout) {
    this.database = database;
    this.connection = connection;
    this.context = context;
    this.timeout = timeout;
    this.registration = context.cancellation().onCancel(() -> stop(false));
    if (timeout != null) {
      daemon(() -> awaitTimeout(timeout));
    }
  }

  Database database() {
    return database;
  }

  ActionContext context() {
    return context;
  }

  Connection connection() {
    return connection;
  }

  /** The next step is not to get this connection: what it was told would be seen there. */
  void touch() {
    touched = true;
  }

  /** What is done with a statement. */
  interface Work<T> {
    /** Does it. */
    T on(Statement statement) throws SQLException, ActionException;
  }

  /**
   * Runs a statement.
   *
   * @param sql its text, for messages; null when no flow wrote it
   */
  <T> T run(Statement statement, @Nullable Sql sql, Part what, Work<T> work)
      throws ActionException, InterruptedException {
    try {
      begin(statement);
      return work.on(statement);
    } catch (SQLException e) {
      throw failure(e, sql, what);
    } finally {
      end();
    }
  }

  /** What an exception of the driver means, also when it is the answer to being stopped. */
  ActionException failure(SQLException e, @Nullable Sql sql, Part what)
      throws InterruptedException {
    synchronized (this) {
      if (cancelled) {
        throw new InterruptedException("the step was stopped");
      }
      if (timedOut && timeout != null) {
        return new ActionException(
                ActionException.TIMEOUT,
                what.words() + " took longer than " + timeout.toMillis() + " ms and was stopped",
                e)
            .hint("raise \"timeout\", or find out with EXPLAIN what is slow")
            .at(what.path().toArray());
      }
    }
    return database.errors().executing(e, sql, what);
  }

  private synchronized void begin(Statement statement) throws SQLException {
    running = statement;
    if (cancelled || timedOut) {
      throw new SQLException("stopped before it began");
    }
  }

  private synchronized void end() {
    running = null;
    notifyAll();
  }

  /** From another thread. */
  private void stop(boolean byTimeout) {
    Statement statement;
    synchronized (this) {
      if (closed || cancelled) {
        return;
      }
      cancelled = !byTimeout;
      timedOut |= byTimeout;
      statement = running;
    }
    if (statement != null) {
      daemon(() -> cancel(statement));
    }
  }

  private void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // The connection is closed instead.
    }
    synchronized (this) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
      try {
        while (statement.equals(running) && System.nanoTime() < end) {
          wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (!statement.equals(running)) {
        return;
      }
      aborted = true;
    }
    try {
      connection.unwrap(Connection.class).abort(Runnable::run);
    } catch (SQLException e) {
      // There is nothing left to try.
    }
  }

  private void awaitTimeout(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    synchronized (this) {
      try {
        while (!closed && System.nanoTime() < end) {
          wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
      } catch (InterruptedException e) {
        return;
      }
      if (closed) {
        return;
      }
    }
    stop(true);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "testmesh-sql-stop");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Makes sure that what was done is done.
   *
   * @throws ActionException when the statements left a transaction open; it is rolled back
   */
  void complete() throws ActionException, InterruptedException {
    if (!database.isPostgres()) {
      return;
    }
    try {
      BaseConnection own = connection.unwrap(BaseConnection.class);
      if (connection.getAutoCommit() && own.getTransactionState() != TransactionState.IDLE) {
        touched = true;
        throw new ActionException(
                ActionException.ACTION_FAILED,
                "a transaction was begun and not ended; what it changed is lost")
            .hint("add COMMIT, or use postgresql.transaction, which is all or nothing");
      }
    } catch (SQLException e) {
      throw failure(e, null, Part.of("the statement"));
    }
  }

  @Override
  public void close() {
    registration.close();
    boolean isClean;
    synchronized (this) {
      closed = true;
      notifyAll();
      // A cancellation that came late would hit the next statement of the connection.
      isClean = !touched && !aborted && !cancelled && !timedOut;
    }
    database.give(connection, isClean);
  }
}

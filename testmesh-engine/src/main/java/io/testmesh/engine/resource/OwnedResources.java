package io.testmesh.engine.resource;

import io.testmesh.action.ActionException;
import io.testmesh.action.Resources;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one owner, a runner or a flow. Safe for use by several threads.
 *
 * <p>No lock is held while a resource is made or closed.
 */
public final class OwnedResources implements Resources, AutoCloseable {
  private final Object lock = new Object();
  private final Map<ResourceKey, FutureTask<AutoCloseable>> made = new HashMap<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  @Override
  public <T extends AutoCloseable> T resource(
      Class<T> type, Object key, Factory<? extends T> factory)
      throws ActionException, InterruptedException {
    ResourceKey wanted = new ResourceKey(type, key);
    while (true) {
      T resource = find(type, wanted, factory);
      if (resource != null) {
        return resource;
      }
      // The thread that was to make it was stopped, which is no reason for this one to give up.
    }
  }

  /** The resource; null when another thread was interrupted while it made it. */
  private <T extends AutoCloseable> @Nullable T find(
      Class<T> type, ResourceKey wanted, Factory<? extends T> factory)
      throws ActionException, InterruptedException {
    FutureTask<AutoCloseable> task;
    boolean mine = false;
    synchronized (lock) {
      if (closed) {
        throw new ActionException(ActionException.CANCELLED, "the run has ended");
      }
      FutureTask<AutoCloseable> known = made.get(wanted);
      if (known == null) {
        known = new FutureTask<>(() -> created(factory));
        made.put(wanted, known);
        mine = true;
      }
      task = known;
    }
    if (mine) {
      task.run();
    }
    try {
      AutoCloseable resource = task.get();
      if (mine) {
        keep(resource);
      }
      return type.cast(resource);
    } catch (ExecutionException e) {
      synchronized (lock) {
        made.remove(wanted, task);
      }
      if (!mine && wasStopped(e.getCause())) {
        return null;
      }
      throw rethrow(e.getCause());
    }
  }

  private static boolean wasStopped(@Nullable Throwable cause) {
    return cause instanceof InterruptedException
        || cause instanceof ActionException failure
            && failure.code().equals(ActionException.CANCELLED);
  }

  private static AutoCloseable created(Factory<? extends AutoCloseable> factory)
      throws ActionException, InterruptedException {
    AutoCloseable resource = factory.create();
    if (resource == null) {
      throw new IllegalStateException("the factory of the resource made nothing");
    }
    return resource;
  }

  private void keep(AutoCloseable resource) throws ActionException {
    boolean late;
    synchronized (lock) {
      late = closed;
      if (!late) {
        open.push(resource);
      }
    }
    if (late) {
      ActionException ended = new ActionException(ActionException.CANCELLED, "the run has ended");
      Throwable problem = closeOne(resource);
      if (problem != null) {
        ended.addSuppressed(problem);
      }
      throw ended;
    }
  }

  private static ActionException rethrow(@Nullable Throwable cause) throws InterruptedException {
    if (cause instanceof ActionException failure) {
      return failure;
    }
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (cause instanceof RuntimeException unexpected) {
      throw unexpected;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new ActionException(
        ActionException.ACTION_FAILED, cause == null ? "" : words(cause), cause);
  }

  /**
   * Closes everything that is open, the youngest first; one that fails does not keep the others.
   */
  @Override
  public void close() {
    RuntimeException failed = null;
    while (true) {
      AutoCloseable next;
      synchronized (lock) {
        closed = true;
        next = open.poll();
        if (next == null) {
          made.clear();
          break;
        }
      }
      Throwable problem = closeOne(next);
      if (problem != null) {
        if (failed == null) {
          failed = new IllegalStateException("could not be closed: " + words(problem), problem);
        } else {
          failed.addSuppressed(problem);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private static String words(Throwable problem) {
    String message = problem.getMessage();
    return message == null ? problem.getClass().getSimpleName() : message;
  }

  private static @Nullable Throwable closeOne(AutoCloseable resource) {
    boolean interrupted = Thread.interrupted();
    try {
      resource.close();
      return null;
    } catch (InterruptedException e) {
      interrupted = true;
      return e;
    } catch (Throwable e) {
      // Foreign code: whatever it throws, the others are closed too.
      return e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record ResourceKey(Class<?> type, Object key) {
    /** By hand, as the generated one costs some 10 ms at its first use. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ResourceKey same && type == same.type && key.equals(same.key);
    }

    @Override
    public int hashCode() {
      return 31 * type.hashCode() + key.hashCode();
    }
  }
}

package io.testmesh.plugin.admin;

import io.testmesh.plugin.PluginException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One change at a time for each plugin, all plugins side by side. A change includes starting and
 * stopping, which is why looking at a plugin takes no turn.
 */
final class Turns {
  private final Map<String, ReentrantLock> byId = new ConcurrentHashMap<>();

  /** A change of one plugin. */
  interface Change<T> {
    T make() throws PluginException;
  }

  <T> T take(String id, Change<T> change) throws PluginException {
    ReentrantLock turn = byId.computeIfAbsent(id, none -> new ReentrantLock());
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new PluginException(
          "CANCELLED", "plugin \"" + id + "\": the change was cancelled while it waited", null);
    }
    try {
      return change.make();
    } finally {
      turn.unlock();
    }
  }
}

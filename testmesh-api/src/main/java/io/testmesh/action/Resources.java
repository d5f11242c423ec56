package io.testmesh.action;

/**
 * Things that are made once, shared, and closed by their owner, in the reverse order of making.
 * Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Resources {

  /**
   * The thing under that type and key; made by the first caller while others with the same key
   * wait. A failure to make it is not kept: the next caller tries again.
   *
   * @param type keeps the keys of different users apart
   * @param key by value, such as a record of all connection settings
   * @param factory makes the thing; called without a lock that other keys need
   * @throws ActionException what the factory throws
   * @throws InterruptedException when the caller was stopped while it waited
   */
  <T extends AutoCloseable> T resource(Class<T> type, Object key, Factory<? extends T> factory)
      throws ActionException, InterruptedException;

  /**
   * Makes a thing.
   *
   * @param <T> its type
   */
  @FunctionalInterface
  interface Factory<T> {
    /** Makes it. */
    T create() throws ActionException, InterruptedException;
  }
}

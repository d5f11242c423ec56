package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** One server, or the one that is the master now. */
final class OneRedis implements Redis {
  private final Pool pool;

  OneRedis(Pool.Opener opener, String server, int poolSize) {
    pool = new Pool(opener, server, poolSize);
  }

  @Override
  public @Nullable Object call(Command command, Call call)
      throws ActionException, InterruptedException {
    Link link = pool.take(call);
    boolean isSound = false;
    try {
      Object answer = link.exchange(command, call);
      isSound = true;
      return answer;
    } catch (JedisDataException e) {
      ActionException refusal = Refusal.of(e, command.name(), link.address());
      isSound = !isDemoted(refusal);
      throw refusal;
    } finally {
      if (!isSound) {
        // The others to this server are most likely lost, too.
        pool.clear();
      }
      pool.give(link, isSound, call);
    }
  }

  /** Whether the server is a replica: sentinels may have made another one the master. */
  private static boolean isDemoted(ActionException refusal) {
    return refusal instanceof ServerError error && error.is("READONLY");
  }

  @Override
  public List<List<String>> groups(List<String> keys) {
    return List.of(keys);
  }

  @Override
  public void close() {
    pool.close();
  }
}

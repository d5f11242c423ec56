package io.testmesh.integrations.redis;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a connection of a flow: takes a command and gives the answer. Safe for use by
 * several threads; closed with the runner.
 */
interface Redis extends AutoCloseable {

  /** The one for the settings of a step, shared by all that have the same. */
  static Redis of(ActionContext context) throws ActionException, InterruptedException {
    RedisSettings settings = RedisSettings.of(context);
    return context.runnerResources().resource(Redis.class, settings, () -> of(settings));
  }

  private static Redis of(RedisSettings settings) throws ActionException {
    RedisSettings.Target target = settings.target();
    Dialer dialer =
        new Dialer(
            settings.login(), settings.tls(), settings.database(), settings.connectionTimeout());
    if (target instanceof RedisSettings.Target.Cluster cluster) {
      return new ClusterRedis(cluster.nodes(), dialer, settings.poolSize());
    }
    if (target instanceof RedisSettings.Target.Master master) {
      Dialer toSentinels =
          new Dialer(master.login(), master.tls(), 0, settings.connectionTimeout());
      Sentinels sentinels = new Sentinels(master.sentinels(), master.master(), toSentinels);
      return new OneRedis(
          call -> sentinels.openMaster(dialer, call),
          "the Redis master " + master.master(),
          settings.poolSize());
    }
    ServerAddress address = ((RedisSettings.Target.Server) target).address();
    return new OneRedis(
        call -> dialer.dial(address, call), "Redis at " + address, settings.poolSize());
  }

  /**
   * Sends a command and waits for the answer.
   *
   * @return text as bytes, numbers, booleans, null, lists of these, and lists of pairs for maps
   * @throws ServerError when the server refuses the command
   * @throws ActionException when it cannot be reached
   */
  @Nullable Object call(Command command, Call call) throws ActionException, InterruptedException;

  /** The keys in groups, each of which one command may name. */
  List<List<String>> groups(List<String> keys);

  @Override
  void close();
}

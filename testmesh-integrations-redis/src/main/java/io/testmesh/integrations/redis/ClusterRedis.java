package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A cluster: sends a command to the node that has its key, which is the first argument of nearly
 * all, and follows the nodes' own directions where it is not.
 */
final class ClusterRedis implements Redis {
  private static final int MOST_DIRECTIONS = 8;
  private static final Command ASKING = Command.of("ASKING");

  /** What one node answers for itself alone, and a cluster cannot be asked. */
  private static final Set<String> OF_ONE_NODE =
      Set.of("DBSIZE", "FLUSHALL", "FLUSHDB", "KEYS", "RANDOMKEY", "SCAN");

  private final List<ServerAddress> seeds;
  private final Dialer dialer;
  private final int poolSize;
  private final Map<ServerAddress, Pool> pools = new ConcurrentHashMap<>();
  private volatile @Nullable SlotMap slots;

  ClusterRedis(List<ServerAddress> seeds, Dialer dialer, int poolSize) {
    this.seeds = seeds;
    this.dialer = dialer;
    this.poolSize = poolSize;
  }

  @Override
  public @Nullable Object call(Command command, Call call)
      throws ActionException, InterruptedException {
    if (OF_ONE_NODE.contains(command.name())) {
      throw new ActionException(
              ActionException.INVALID_VALUE,
              command.name() + " is about one node, and this is a cluster")
          .hint("ask each node by itself, with host and port");
    }
    ServerAddress node = nodeOf(command, call);
    boolean isAsking = false;
    for (int directions = 0; directions < MOST_DIRECTIONS; directions++) {
      try {
        return exchange(node, command, isAsking, call);
      } catch (JedisRedirectionException e) {
        isAsking = e instanceof JedisAskDataException;
        node = named(e, node);
        if (!isAsking) {
          slots = null;
        }
      } catch (JedisDataException e) {
        throw Refusal.of(e, command.name(), node);
      }
    }
    throw new ActionException(
        ActionException.ACTION_FAILED,
        "the nodes of the cluster send "
            + command.name()
            + " from one to another, "
            + MOST_DIRECTIONS
            + " times so far");
  }

  private @Nullable Object exchange(
      ServerAddress node, Command command, boolean isAsking, Call call)
      throws ActionException, InterruptedException {
    Pool pool = pool(node);
    Link link = take(pool, call);
    boolean isSound = false;
    try {
      if (isAsking) {
        link.exchange(ASKING, call);
      }
      Object answer = link.exchange(command, call);
      isSound = true;
      return answer;
    } catch (JedisDataException e) {
      isSound = true;
      throw e;
    } finally {
      if (!isSound) {
        pool.clear();
        slots = null;
      }
      pool.give(link, isSound, call);
    }
  }

  private Link take(Pool pool, Call call) throws ActionException, InterruptedException {
    boolean isTaken = false;
    try {
      Link link = pool.take(call);
      isTaken = true;
      return link;
    } finally {
      if (!isTaken) {
        // Another node may stand in for this one by now.
        slots = null;
      }
    }
  }

  private Pool pool(ServerAddress node) {
    return pools.computeIfAbsent(
        node, at -> new Pool(call -> dialer.dial(at, call), "Redis at " + at, poolSize));
  }

  private static ServerAddress named(JedisRedirectionException e, ServerAddress from) {
    String host = e.getTargetNode().getHost();
    // A node that does not know its name means: where you asked.
    return new ServerAddress(
        host == null || host.isEmpty() ? from.host() : host, e.getTargetNode().getPort());
  }

  private ServerAddress nodeOf(Command command, Call call)
      throws ActionException, InterruptedException {
    SlotMap known = slots;
    if (known == null) {
      known = askForSlots(call);
      slots = known;
    }
    return command.arguments().isEmpty()
        ? known.any()
        : known.node(JedisClusterCRC16.getSlot(command.arguments().get(0)));
  }

  private SlotMap askForSlots(Call call) throws ActionException, InterruptedException {
    Tries tries = new Tries();
    for (ServerAddress seed : seeds) {
      try {
        return SlotMap.of(exchange(seed, Command.of("CLUSTER SLOTS"), false, call), seed);
      } catch (ActionException e) {
        call.throwIfStopped();
        tries.add(e);
      } catch (JedisDataException e) {
        tries.add(Refusal.of(e, "CLUSTER SLOTS", seed));
      }
    }
    throw tries.failure("no node of the cluster says where its keys are");
  }

  /** By slot: a command takes keys of one slot alone. */
  @Override
  public List<List<String>> groups(List<String> keys) {
    Map<Integer, List<String>> groups = new LinkedHashMap<>();
    for (String key : keys) {
      groups.computeIfAbsent(JedisClusterCRC16.getSlot(key), slot -> new ArrayList<>()).add(key);
    }
    return List.copyOf(groups.values());
  }

  @Override
  public void close() {
    pools.values().forEach(Pool::close);
  }
}

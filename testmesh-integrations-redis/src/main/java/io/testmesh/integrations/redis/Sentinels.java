package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The sentinels that watch a master. They are asked whenever a connection to it is opened, so that
 * nothing has to listen for its replacement in between. Immutable.
 */
final class Sentinels {
  private final List<ServerAddress> addresses;
  private final String name;
  private final Dialer dialer;

  Sentinels(List<ServerAddress> addresses, String name, Dialer dialer) {
    this.addresses = addresses;
    this.name = name;
    this.dialer = dialer;
  }

  /**
   * Opens a connection to the master.
   *
   * @param toMaster opens it
   */
  Link openMaster(Dialer toMaster, Call call) throws ActionException, InterruptedException {
    ServerAddress address = master(call);
    Link link = toMaster.dial(address, call);
    boolean isMaster = false;
    try {
      // A sentinel may not have heard yet that the master changed (redis.io, Sentinel clients).
      isMaster = "master".equals(role(link, call));
    } finally {
      if (!isMaster) {
        link.close();
      }
    }
    if (!isMaster) {
      throw new ActionException(
              ActionException.CONNECTION_FAILED,
              "the sentinels call Redis at "
                  + address
                  + " the master \""
                  + name
                  + "\", and it says that it is none")
          .hint("they are about to choose another one; retry_on: [connection_error] waits for it");
    }
    return link;
  }

  private static @Nullable Object role(Link link, Call call)
      throws ActionException, InterruptedException {
    try {
      return link.exchange(Command.of("ROLE"), call) instanceof List<?> role && !role.isEmpty()
          ? Replies.value(role.get(0))
          : null;
    } catch (JedisDataException e) {
      throw Refusal.of(e, "ROLE", link.address());
    }
  }

  /** Asks one sentinel after another. */
  private ServerAddress master(Call call) throws ActionException, InterruptedException {
    Tries tries = new Tries();
    for (ServerAddress sentinel : addresses) {
      try {
        return ask(sentinel, call);
      } catch (ActionException e) {
        call.throwIfStopped();
        tries.add(e);
      }
    }
    throw tries.failure("no sentinel names the master \"" + name + "\"");
  }

  private ServerAddress ask(ServerAddress sentinel, Call call)
      throws ActionException, InterruptedException {
    try (Link link = dialer.dial(sentinel, call)) {
      Object answer =
          Replies.value(link.exchange(Command.of("SENTINEL GET-MASTER-ADDR-BY-NAME", name), call));
      if (answer instanceof List<?> place && place.size() == 2) {
        return ServerAddress.parse(
            place.get(0) + ":" + place.get(1), RedisKeys.PORT, "sentinel_master");
      }
      List<String> known = new ArrayList<>();
      if (link.exchange(Command.of("SENTINEL MASTERS"), call) instanceof List<?> masters) {
        for (Object master : masters) {
          known.add(String.valueOf(Replies.map(master).get("name")));
        }
      }
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "the sentinel at " + sentinel + " watches no master \"" + name + "\"")
          .hint(known.isEmpty() ? "it watches none" : "it watches " + String.join(", ", known));
    } catch (JedisDataException e) {
      throw Refusal.of(e, "SENTINEL", sentinel);
    }
  }
}

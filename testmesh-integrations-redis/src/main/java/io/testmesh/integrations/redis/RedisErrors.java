package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ConnectionErrors;
import java.util.Locale;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** What the refusals of a server mean. */
final class RedisErrors {
  private RedisErrors() {}

  /**
   * The failure for a server's refusal.
   *
   * @param command what was refused, in the words of a message
   * @param address whose answer it is
   */
  static ActionException of(JedisDataException refusal, String command, Object address) {
    String said = String.valueOf(refusal.getMessage()).strip();
    int space = said.indexOf(' ');
    String kind = space < 0 ? said : said.substring(0, space);
    // ERR says nothing, and the full stop of some answers would stand before the hint.
    String words = kind.equals("ERR") ? said.substring(3).strip() : said;
    words = words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    switch (kind) {
      case "WRONGPASS", "NOAUTH":
        return ConnectionErrors.refused("Redis", address, words, refusal);
      case "LOADING", "MASTERDOWN", "CLUSTERDOWN", "DENIED", "TRYAGAIN":
        return error(
            ActionException.CONNECTION_FAILED, kind, " is not ready: ", words, refusal, address);
      case "NOPERM":
        return refused(command, address, kind, words, refusal)
            .hint("the rules of the user (ACL GETUSER) do not allow it");
      case "MOVED":
        return foreignSlot((JedisRedirectionException) refusal, command, address, kind);
      case "CROSSSLOT":
        return refused(command, address, kind, words, refusal)
            .hint(
                "keys of one command have to be on one node: give them the same {part} in braces");
      case "READONLY":
        return refused(command, address, kind, words, refusal)
            .hint("it is a replica: name its master, or let sentinels name it (sentinel_master)");
      default:
        return other(command, address, kind, words, refusal);
    }
  }

  private static ActionException other(
      String command, Object address, String kind, String words, JedisDataException refusal) {
    String lower = words.toLowerCase(Locale.ROOT);
    // The words of servers before WRONGPASS (6.0), and when no password is set at all.
    if (lower.contains("invalid password") || lower.contains("auth <password> called without")) {
      return ConnectionErrors.refused("Redis", address, words, refusal);
    }
    if (lower.contains("no password is set")) {
      return ConnectionErrors.refused("Redis", address, words, refusal);
    }
    if (lower.contains("db index is out of range") || lower.contains("invalid db index")) {
      return error("database_not_found", kind, " has no such database: ", words, refusal, address)
          .hint("databases count from 0; a server has 16 unless its configuration says otherwise");
    }
    if (lower.contains("cluster support disabled")) {
      return refused(command, address, kind, words, refusal)
          .hint("a list means a cluster; write the URL of one server as a text");
    }
    if (lower.contains("max number of clients")) {
      return error(
          ActionException.CONNECTION_FAILED,
          kind,
          " takes no more connections: ",
          words,
          refusal,
          address);
    }
    return refused(command, address, kind, words, refusal);
  }

  private static ActionException refused(
      String command, Object address, String kind, String words, JedisDataException refusal) {
    return error(
        ActionException.ACTION_FAILED, kind, " refuses " + command + ": ", words, refusal, address);
  }

  private static ActionException foreignSlot(
      JedisRedirectionException moved, String command, Object address, String kind) {
    return error(
            ActionException.ACTION_FAILED,
            kind,
            " refuses " + command + ": ",
            "it is a node of a cluster, and the key is on the node " + moved.getTargetNode(),
            moved,
            address)
        .hint("give a list, which means the cluster: url: [redis://" + address + "]");
  }

  private static ActionException error(
      String code,
      String kind,
      String what,
      String words,
      JedisDataException refusal,
      Object address) {
    return new ServerError(code, kind, "Redis at " + address + what + words, refusal);
  }
}

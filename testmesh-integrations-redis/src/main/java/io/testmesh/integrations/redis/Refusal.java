package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ConnectionErrors;
import java.util.Locale;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * What a server says in place of an answer.
 *
 * @param kind its first word, such as {@code WRONGTYPE}
 * @param words all of it, as it stands in messages
 * @param command what is refused
 * @param server whose words they are
 */
record Refusal(JedisDataException cause, String kind, String words, String command, Object server) {

  /**
   * The failure for a server's refusal.
   *
   * @param command what was refused, in the words of a message
   * @param server where it is
   */
  static ActionException of(JedisDataException cause, String command, Object server) {
    String said = String.valueOf(cause.getMessage()).strip();
    int space = said.indexOf(' ');
    String kind = space < 0 ? said : said.substring(0, space);
    // ERR says nothing, and the full stop of some answers would stand before the hint.
    String words = kind.equals("ERR") ? said.substring(3).strip() : said;
    words = words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    return new Refusal(cause, kind, words, command, server).byKind();
  }

  private ActionException byKind() {
    return switch (kind) {
      case "WRONGPASS", "NOAUTH" -> credentials();
      case "LOADING", "MASTERDOWN", "CLUSTERDOWN", "DENIED", "TRYAGAIN" ->
          failure(ActionException.CONNECTION_FAILED, " is not ready: " + words);
      case "NOPERM" -> refused("the rules of the user (ACL GETUSER) do not allow it");
      case "CROSSSLOT" ->
          refused(
              "keys of one command have to be on one node: give them the same {part} in braces");
      case "READONLY" ->
          refused("it is a replica: name its master, or let sentinels name it (sentinel_master)");
      case "MOVED" -> onAnotherNode();
      default -> byWords(words.toLowerCase(Locale.ROOT));
    };
  }

  private ActionException byWords(String lower) {
    // The words of servers before WRONGPASS (6.0), and of those that want no password at all.
    if (lower.contains("invalid password")
        || lower.contains("no password is set")
        || lower.contains("auth <password> called without")) {
      return credentials();
    }
    if (lower.contains("db index is out of range") || lower.contains("invalid db index")) {
      return failure("database_not_found", " has no such database: " + words)
          .hint("databases count from 0; a server has 16 unless its configuration says otherwise");
    }
    if (lower.contains("max number of clients")) {
      return failure(ActionException.CONNECTION_FAILED, " takes no more connections: " + words);
    }
    return lower.contains("cluster support disabled")
        ? refused("a list means a cluster; write the URL of one server as a text")
        : failure(ActionException.ACTION_FAILED, " refuses " + command + ": " + words)
            .at("command");
  }

  private ActionException credentials() {
    return ConnectionErrors.refused("Redis", server, words, cause);
  }

  private ActionException onAnotherNode() {
    String node = String.valueOf(((JedisRedirectionException) cause).getTargetNode());
    return failure(
            ActionException.ACTION_FAILED,
            " refuses "
                + command
                + ": it is a node of a cluster, and the key is on the node "
                + node)
        .hint("give a list, which means the cluster: url: [redis://" + server + "]");
  }

  private ActionException refused(String hint) {
    return failure(ActionException.ACTION_FAILED, " refuses " + command + ": " + words).hint(hint);
  }

  private ActionException failure(String code, String what) {
    return new ServerError(code, kind, "Redis at " + server + what, cause);
  }
}

package io.testmesh.integrations.neo4j;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.integrations.common.ConnectionCheck;
import io.testmesh.integrations.common.TlsKeys;

/** The keys that the actions share, and their checks. */
final class GraphKeys {
  private static final ConfigKey[] CONNECTION = {
    ConfigKey.optional(
        "url",
        ConfigType.TEXT,
        "bolt://localhost:7687",
        "bolt:// or neo4j://; +s behind the scheme is TLS, +ssc TLS with any certificate"),
    ConfigKey.optional("username", ConfigType.TEXT, "The user; nobody if it is left out"),
    ConfigKey.optional("password", ConfigType.TEXT, "The password").asSecret(),
    ConfigKey.optional(
        "database", ConfigType.TEXT, "The database; the user's own if it is left out"),
    TlsKeys.KEY,
    ConfigKey.optional(
        "connectionTimeout", ConfigType.DURATION, "5s", "How long it may take to connect")
  };

  private GraphKeys() {}

  /** The descriptor with what a query has. */
  static ActionDescriptor query(ActionDescriptor descriptor) {
    return descriptor
        .required("query", ConfigType.TEXT, "The query, in Cypher, with $name for values")
        .optional("params", ConfigType.MAP, "The values by name. Never pasted in")
        .optional(
            "access",
            ConfigType.choice("write", "read"),
            "write",
            "read refuses changes, and asks a follower of a cluster");
  }

  /** The descriptor with the connection and what a query gives. */
  static ActionDescriptor rest(ActionDescriptor descriptor) {
    return descriptor
        .connection(CONNECTION)
        .result(
            "rows",
            ConfigType.LIST,
            "Each a map by name; a node is {id, labels, properties} with its properties beside, a"
                + " relationship {id, type, start, end, properties} likewise, a path {nodes,"
                + " relationships, length}; times are ISO 8601")
        .result("count", ConfigType.INTEGER, "How many rows there are")
        .result("summary", ConfigType.MAP, "What was changed: nodes_created and so on");
  }

  /** Finds what no server could be reached with. */
  static void check(ConfigCheck config) {
    ConnectionCheck.check(config, ConnectionCheck.names(CONNECTION), "url", GraphSettings::read);
  }
}

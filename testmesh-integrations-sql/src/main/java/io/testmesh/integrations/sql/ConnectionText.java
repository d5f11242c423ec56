package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads connection strings: {@code postgres://} URLs and keyword/value texts as libpq has them
 * (PostgreSQL documentation, section "Connection Strings"), and {@code jdbc:} URLs.
 */
final class ConnectionText {
  static final int PORT = 5432;

  private static final String JDBC_POSTGRES = "jdbc:postgresql:";

  /** Parameters of libpq that the driver knows under another name. */
  private static final Map<String, String> DRIVER_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "connect_timeout", "connectTimeout",
          "dbname", "dbname",
          "target_session_attrs", "targetServerType",
          "sslpassword", "sslpassword");

  private static final Map<String, String> SERVER_TYPES =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private ConnectionText() {}

  /**
   * The database that a text names.
   *
   * @throws ActionException code {@code invalid_value}; the message names no part of the text,
   *     which may be a password
   */
  static Target parse(String written) throws ActionException {
    String text = written.strip();
    if (text.startsWith("postgres://") || text.startsWith("postgresql://")) {
      return url(text.substring(text.indexOf("://") + 3), true);
    }
    if (text.startsWith(JDBC_POSTGRES + "//")) {
      return url(text.substring(JDBC_POSTGRES.length() + 2), false);
    }
    if (text.startsWith(JDBC_POSTGRES)) {
      return url("/" + text.substring(JDBC_POSTGRES.length()), false);
    }
    if (text.startsWith("jdbc:")) {
      return new Target(text, Map.of(), shown(text), false);
    }
    int scheme = text.indexOf("://");
    if (scheme > 0 && text.indexOf('=') < 0 || scheme > 0 && scheme < text.indexOf('=')) {
      throw invalid(
          "begins with \""
              + text.substring(0, scheme)
              + "://\", which is no database that is known",
          "postgres://user:password@host:5432/database, or a jdbc: URL of any other database");
    }
    return keywords(KeywordText.parse(text));
  }

  /** A JDBC URL without what may be secret: what follows the database's name, and credentials. */
  private static String shown(String url) {
    int end = url.length();
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) == '?' || url.charAt(i) == ';') {
        end = i;
        break;
      }
    }
    String rest = url.substring(0, end);
    int slashes = rest.indexOf("//");
    int at = rest.lastIndexOf('@');
    return slashes >= 0 && at > slashes
        ? rest.substring(0, slashes + 2) + rest.substring(at + 1)
        : rest;
  }

  /**
   * A URL behind its scheme.
   *
   * @param isLibpq whether its parameters have the names of libpq
   */
  private static Target url(String text, boolean isLibpq) throws ActionException {
    int query = text.indexOf('?');
    String front = query < 0 ? text : text.substring(0, query);
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query >= 0) {
      for (String pair : text.substring(query + 1).split("&", -1)) {
        addParameter(pair, parameters);
      }
    }
    int slash = front.indexOf('/', Math.max(0, front.indexOf('@')));
    String authority = slash < 0 ? front : front.substring(0, slash);
    String database = slash < 0 ? "" : decoded(front.substring(slash + 1));
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String login = authority.substring(0, at);
      int colon = login.indexOf(':');
      parameters.put(Target.USER, decoded(colon < 0 ? login : login.substring(0, colon)));
      if (colon >= 0) {
        parameters.put(Target.PASSWORD, decoded(login.substring(colon + 1)));
      }
    }
    return target(authority.substring(at + 1), database, parameters, isLibpq);
  }

  private static void addParameter(String pair, Map<String, String> parameters)
      throws ActionException {
    int equals = pair.indexOf('=');
    if (pair.isEmpty()) {
      return;
    }
    if (equals <= 0) {
      throw invalid("has a parameter behind \"?\" that has no value", "?name=value&name=value");
    }
    parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
  }

  private static String decoded(String text) throws ActionException {
    try {
      // In the path of a URL a plus sign is one.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(
          "has a \"%\" that is not followed by two hexadecimal digits",
          "write the character % as %25, @ as %40, : as %3A, / as %2F");
    }
  }

  private static Target keywords(Map<String, String> words) throws ActionException {
    Map<String, String> parameters = new LinkedHashMap<>(words);
    String host = parameters.remove("host");
    String numeric = parameters.remove("hostaddr");
    String port = parameters.remove("port");
    String database = parameters.remove("dbname");
    String name = numeric != null ? numeric : host == null || host.isEmpty() ? "localhost" : host;
    boolean isSix = name.indexOf(':') >= 0 && name.charAt(0) != '[';
    String authority =
        (isSix ? "[" + name + "]" : name) + (port == null || port.isEmpty() ? "" : ":" + port);
    return target(authority, database == null ? "" : database, parameters, true);
  }

  private static Target target(
      String authority, String database, Map<String, String> parameters, boolean isLibpq)
      throws ActionException {
    if (authority.startsWith("/") || authority.startsWith("%2F")) {
      throw invalid(
          "names a Unix socket, which the driver does not connect to", "name a host and a port");
    }
    Map<String, String> given = new LinkedHashMap<>(parameters);
    String named = given.remove("dbname");
    List<ServerAddress> servers =
        ServerAddress.parseList(
            authority.isEmpty() ? "localhost" : authority, PORT, "connectionString");
    Map<String, String> properties = new LinkedHashMap<>();
    for (Map.Entry<String, String> parameter : given.entrySet()) {
      addProperty(parameter.getKey(), parameter.getValue(), isLibpq, properties);
    }
    String chosen = database.isEmpty() && named != null ? named : database;
    return postgres(servers, chosen, properties);
  }

  private static void addProperty(
      String name, String value, boolean isLibpq, Map<String, String> properties)
      throws ActionException {
    if (!isLibpq) {
      properties.put(name, value);
      return;
    }
    String known = DRIVER_NAMES.getOrDefault(name, name);
    String chosen = value;
    if (name.equals("target_session_attrs")) {
      chosen = SERVER_TYPES.get(value);
      if (chosen == null) {
        throw invalid("has a target_session_attrs that is not known", "any, read-write, read-only");
      }
    }
    // Names what a server's log shows; the driver always sends UTF-8.
    if (!name.equals("client_encoding") && !name.equals("fallback_application_name")) {
      properties.put(known, chosen);
    }
  }

  /**
   * A database of PostgreSQL.
   *
   * @param database empty for the one that is named like the user
   */
  static Target postgres(
      List<ServerAddress> servers, String database, Map<String, String> properties) {
    List<String> addresses = new ArrayList<>();
    servers.forEach(server -> addresses.add(server.toString()));
    String all = String.join(",", addresses);
    String user = properties.get(Target.USER);
    String name = database.isEmpty() && user != null ? user : database;
    return new Target(JDBC_POSTGRES + "//" + all + "/" + encoded(name), properties, all, true);
  }

  private static String encoded(String name) {
    StringBuilder text = new StringBuilder();
    for (byte part : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (part & 0xff);
      boolean isPlain =
          c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
      text.append(isPlain ? c : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return text.toString();
  }

  static ActionException invalid(String what, String hint) {
    return new ActionException(ActionException.INVALID_VALUE, "\"connectionString\" " + what)
        .hint(hint);
  }
}

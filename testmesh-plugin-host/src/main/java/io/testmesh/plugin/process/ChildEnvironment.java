package io.testmesh.plugin.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a plugin sees of the environment: what programs need to run, and what the user grants.
 * Secrets that stand in the host's environment are not handed on.
 */
final class ChildEnvironment {
  /** Where the plugin is to listen. */
  static final String PORT = "PLUGIN_PORT";

  /** The plugin's id. */
  static final String ID = "PLUGIN_ID";

  /** Tells the processes that belong to one start of a plugin. */
  static final String COOKIE = "TESTMESH_COOKIE";

  /** The process that a plugin should not outlive. */
  static final String HOST = "TESTMESH_HOST_PID";

  private static final Set<String> POSIX =
      Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "TMPDIR", "TZ", "LANG");
  private static final Set<String> WINDOWS =
      Set.of(
          "PATH",
          "PATHEXT",
          "SYSTEMROOT",
          "SYSTEMDRIVE",
          "COMSPEC",
          "TEMP",
          "TMP",
          "APPDATA",
          "LOCALAPPDATA",
          "USERPROFILE",
          "HOMEDRIVE",
          "HOMEPATH",
          "PROCESSOR_ARCHITECTURE",
          "USERNAME");
  private static final Set<String> EVERYWHERE =
      Set.of("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE");
  private static final Set<String> PROXY = Set.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY");
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "::1");

  private ChildEnvironment() {}

  /**
   * The entries that are handed on.
   *
   * @param host the environment of the host
   * @param granted names that this plugin may see besides
   */
  static Map<String, String> of(Map<String, String> host, Set<String> granted, Machine machine) {
    Map<String, String> seen = new LinkedHashMap<>();
    String noProxy = "";
    for (Map.Entry<String, String> entry : host.entrySet()) {
      String name = entry.getKey();
      if (name.equalsIgnoreCase("NO_PROXY")) {
        noProxy = noProxy.isEmpty() ? entry.getValue() : noProxy;
      } else if ((isAllowed(name, machine) || granted.contains(name))
          && !entry.getValue().startsWith("()")) {
        seen.put(name, entry.getValue());
      }
    }
    String extended = withLoopback(noProxy);
    seen.put("NO_PROXY", extended);
    if (!machine.isWindows()) {
      seen.put("no_proxy", extended);
    }
    return seen;
  }

  private static boolean isAllowed(String name, Machine machine) {
    String capitals = name.toUpperCase(Locale.ROOT);
    if (PROXY.contains(capitals) || EVERYWHERE.contains(name)) {
      return true;
    }
    return machine.isWindows()
        ? WINDOWS.contains(capitals)
        : POSIX.contains(name) || name.startsWith("LC_");
  }

  private static String withLoopback(String noProxy) {
    StringBuilder all = new StringBuilder(noProxy.strip());
    List<String> present = List.of(noProxy.replace(" ", "").split(","));
    for (String address : LOOPBACK) {
      if (!present.contains(address)) {
        all.append(all.isEmpty() ? "" : ",").append(address);
      }
    }
    return all.toString();
  }
}

package io.testmesh.plugin.author;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies of requests that a plugin had better bear. */
final class BadRequests {
  private static final int DEPTH = 10_000;
  private static final int LARGE_BYTES = 5 * 1024 * 1024;

  private BadRequests() {}

  /**
   * The bodies, by what they are.
   *
   * @param actions the plugin's actions; the first one is called without configuration
   */
  static Map<String, byte[]> of(List<String> actions) {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    bodies.put("a request that is no JSON", bytes("{\"action\": "));
    bodies.put("an empty request", new byte[0]);
    if (!actions.isEmpty()) {
      bodies.put("a request without config", bytes("{\"action\": \"" + actions.get(0) + "\"}"));
    }
    bodies.put(
        "a request that is nested 10,000 levels deep",
        bytes("[".repeat(DEPTH) + "]".repeat(DEPTH)));
    bodies.put("a request of 5 MiB", large());
    return bodies;
  }

  private static byte[] large() {
    byte[] start =
        bytes("{\"action\": \"" + Conversation.NO_ACTION + "\", \"config\": {\"text\": \"");
    byte[] end = bytes("\"}, \"context\": {}}");
    byte[] all = new byte[LARGE_BYTES];
    Arrays.fill(all, (byte) 'a');
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(end, 0, all, all.length - end.length, end.length);
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

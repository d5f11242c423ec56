package io.testmesh.integrations.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the keys of {@code wait_for} ask of each other, before the run and in it. */
final class WaitForCheck {
  private static final List<String> OF_HTTP =
      List.of(
          "url", "method", "headers", "status_code", "body_contains", "json_path", "json_value");
  private static final List<String> OF_TCP = List.of("host", "port");

  private WaitForCheck() {}

  /** What is wrong, by key; in order. */
  static Map<String, String> faults(Predicate<String> given, String type) {
    boolean http = type.equals("http");
    Map<String, String> faults = new LinkedHashMap<>();
    for (String key : http ? OF_TCP : OF_HTTP) {
      if (given.test(key)) {
        faults.put(key, "\"" + key + "\" is not for type " + type);
      }
    }
    for (String key : http ? List.of("url") : OF_TCP) {
      if (!given.test(key)) {
        faults.put(key, "type " + type + " needs \"" + key + "\"");
      }
    }
    if (given.test("json_value") && !given.test("json_path")) {
      faults.put("json_value", "\"json_value\" needs \"json_path\": where the value stands");
    }
    return faults;
  }
}

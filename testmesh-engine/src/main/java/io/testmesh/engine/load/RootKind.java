package io.testmesh.engine.load;

import io.testmesh.engine.value.NearNames;
import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the root of a document is about. */
enum RootKind {
  /** A map with the key {@code flow}. */
  FLOW,
  /** A map that is a flow itself. */
  BARE,
  /** A map with a key that was meant to be {@code flow}. */
  NEARLY,
  /** A list of flows. */
  SEVERAL,
  /** Nothing of the kind. */
  OTHER;

  static RootKind of(YamlNode root) {
    if (root instanceof YamlMap map) {
      if (map.entry("flow") != null) {
        return FLOW;
      }
      if (isReport(map)) {
        return OTHER;
      }
      return isBare(map) ? BARE : misspelled(map) == null ? OTHER : NEARLY;
    }
    if (root instanceof YamlList list) {
      for (YamlNode item : list.items()) {
        if (item instanceof YamlMap map && of(map) != OTHER) {
          return SEVERAL;
        }
      }
    }
    return OTHER;
  }

  /** What the JSON report writes: its list of {@code flows} is no flow under a misspelled key. */
  private static boolean isReport(YamlMap map) {
    return map.entry("testmesh") != null && map.entry("summary") != null;
  }

  /**
   * A map with nothing but keys of a flow, {@code name} and {@code steps} among them; or one with a
   * list of steps, also under a misspelled key. Other programs have files with {@code steps} too,
   * so an {@code action} must be in one.
   */
  private static boolean isBare(YamlMap map) {
    if (map.entry("name") != null
        && map.entry("steps") != null
        && FlowReader.KEYS.containsAll(map.keys())) {
      return true;
    }
    for (YamlMap.Entry entry : map.entries()) {
      if (isPhase(entry.key()) && holdsSteps(entry.value())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPhase(String key) {
    for (String phase : FlowReader.PHASES) {
      if (key.equals(phase) || NearNames.nearlySame(key, phase)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsSteps(YamlNode node) {
    if (node instanceof YamlList list) {
      for (YamlNode item : list.items()) {
        if (item instanceof YamlMap map && map.entry("action") != null) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The key that was meant to be {@code flow}: a near name, and either the only key or one with
   * something that looks like a flow.
   */
  static YamlMap.@Nullable Entry misspelled(YamlMap map) {
    for (YamlMap.Entry entry : map.entries()) {
      String key = entry.key().strip().toLowerCase(Locale.ROOT);
      boolean near = key.equals("flow") || key.equals("flows") || NearNames.nearlySame(key, "flow");
      if (near && (looksLikeFlow(entry.value()) || map.entries().size() == 1 && !isScalar(entry))) {
        return entry;
      }
    }
    return null;
  }

  private static boolean isScalar(YamlMap.Entry entry) {
    return !(entry.value() instanceof YamlMap) && !(entry.value() instanceof YamlList);
  }

  private static boolean looksLikeFlow(YamlNode node) {
    if (node instanceof YamlMap map) {
      return map.entry("steps") != null || map.entry("name") != null || isBare(map);
    }
    if (node instanceof YamlList list) {
      for (YamlNode item : list.items()) {
        if (item instanceof YamlMap map && map.entry("steps") != null) {
          return true;
        }
      }
    }
    return false;
  }
}

package io.testmesh.plugin.protocol;

import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.registry.KeptInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what is kept of an answer to {@code /info}: all of it that is valid, and why not more. */
public final class InfoReader {
  private static final int MOST_ACTIONS = 1000;
  private static final int LONGEST_ID = 200;
  private static final int MOST_CONCURRENCY = 1000;

  private final Manifest manifest;
  private final List<PluginWarning> warnings = new ArrayList<>();
  private final Map<String, KeptInfo.Action> actions = new LinkedHashMap<>();

  private InfoReader(Manifest manifest) {
    this.manifest = manifest;
  }

  /**
   * What a plugin says about itself.
   *
   * @param info what is kept
   * @param warnings what is odd
   */
  public record Result(KeptInfo info, List<PluginWarning> warnings) {
    /** Copies the list. */
    public Result {
      warnings = List.copyOf(warnings);
    }
  }

  /** Reads the document. */
  public static Result read(Map<String, @Nullable Object> document, Manifest manifest) {
    InfoReader reader = new InfoReader(manifest);
    reader.compare("id", manifest.id(), document.get("id"));
    reader.compare("version", manifest.version(), document.get("version"));
    reader.readActions(document.get("actions"));
    KeptInfo info = new KeptInfo(new ArrayList<>(reader.actions.values()), concurrency(document));
    return new Result(info, reader.warnings);
  }

  private void compare(String what, String expected, @Nullable Object found) {
    if (found != null && !expected.equals(found)) {
      warn(
          "INFO_DIFFERS",
          "/info says "
              + what
              + " \""
              + Plain.cut(Plain.line(String.valueOf(found)), 100)
              + "\", "
              + Manifest.FILE
              + " says \""
              + expected
              + "\", which counts");
    }
  }

  private void readActions(@Nullable Object value) {
    if (!(value instanceof List<?> items)) {
      warn(
          "INFO_INVALID",
          "/info has "
              + (value == null ? "no actions" : "actions that are no list")
              + "; only the action \""
              + manifest.id()
              + "\" can be used");
      return;
    }
    for (Object item : items) {
      if (actions.size() == MOST_ACTIONS) {
        warn(
            "INFO_INVALID",
            "/info has more than " + MOST_ACTIONS + " actions; the rest is left out");
        return;
      }
      readAction(item);
    }
  }

  private void readAction(@Nullable Object item) {
    Object id = item instanceof Map<?, ?> map ? map.get("id") : item;
    if (!(id instanceof String name) || !isId(name)) {
      warn(
          "INFO_INVALID",
          "/info has an action with the id \""
              + Plain.cut(Plain.line(String.valueOf(id)), 100)
              + "\", which cannot be used");
      return;
    }
    if (actions.containsKey(name)) {
      warn("INFO_INVALID", "/info has the action \"" + name + "\" twice; the first one counts");
      return;
    }
    Map<?, ?> entry = item instanceof Map<?, ?> map ? map : Map.of();
    actions.put(
        name,
        new KeptInfo.Action(
            name, text(entry.get("name")), text(entry.get("description")), schema(name, entry)));
  }

  @SuppressWarnings("unchecked") // the reader makes maps with texts as keys alone
  private Map<String, @Nullable Object> schema(String action, Map<?, ?> entry) {
    Object schema = entry.get("schema");
    if (schema instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    if (schema != null && !Boolean.TRUE.equals(schema)) {
      warn(
          "INFO_INVALID",
          "the schema of the action \"" + action + "\" is no object; nothing is checked by it");
    }
    return Map.of();
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? Plain.cut(Plain.line(text), 2000) : "";
  }

  private static boolean isId(String name) {
    boolean valid = !name.isEmpty() && name.length() <= LONGEST_ID;
    for (int i = 0; valid && i < name.length(); i++) {
      char c = name.charAt(i);
      valid =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '.'
              || c == '_'
              || c == '-';
    }
    return valid && name.charAt(0) != '.' && !name.endsWith(".");
  }

  /** {@code capabilities.execute.max_concurrency} of version 2, or {@code maxConcurrency}. */
  private static int concurrency(Map<String, @Nullable Object> document) {
    Object number = document.get("max_concurrency");
    if (number == null) {
      number = document.get("maxConcurrency");
    }
    if (document.get("capabilities") instanceof Map<?, ?> capabilities
        && capabilities.get("execute") instanceof Map<?, ?> execute
        && execute.get("max_concurrency") != null) {
      number = execute.get("max_concurrency");
    }
    return number instanceof Long given && given > 0 ? (int) Math.min(given, MOST_CONCURRENCY) : 0;
  }

  private void warn(String code, String message) {
    warnings.add(new PluginWarning(code, "plugin \"" + manifest.id() + "\": " + message));
  }
}

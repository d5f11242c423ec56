package io.testmesh.server;

import io.testmesh.FlowTools;
import io.testmesh.action.ActionDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The built-in actions, by integration. */
final class NativeActions {
  private static final String DEFINITIONS = "#/$defs/";

  private NativeActions() {}

  /** The list {@code [{id, name, description, actions: [{id, name, description, schema}]}]}. */
  static List<Map<String, @Nullable Object>> of(FlowTools tools) {
    Map<String, List<Map<String, @Nullable Object>>> actions = new TreeMap<>();
    Object definitions = tools.schema().get("$defs");
    for (ActionDescriptor action : tools.actions()) {
      actions
          .computeIfAbsent(family(action.id()), family -> new ArrayList<>())
          .add(action(action, definitions));
    }
    List<Map<String, @Nullable Object>> families = new ArrayList<>();
    for (Map.Entry<String, List<Map<String, @Nullable Object>>> family : actions.entrySet()) {
      Map<String, @Nullable Object> record = new LinkedHashMap<>();
      record.put("id", family.getKey());
      record.put("name", name(family.getKey()));
      record.put("description", description(family.getKey()));
      record.put("actions", family.getValue());
      families.add(record);
    }
    return families;
  }

  private static Map<String, @Nullable Object> action(
      ActionDescriptor action, @Nullable Object definitions) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("id", action.id());
    record.put("name", capital(action.id().replace('_', ' ').replace('.', ' ')));
    record.put("description", action.description());
    Object schema = definitions instanceof Map<?, ?> map ? map.get("config." + action.id()) : null;
    record.put("schema", schema == null ? Map.of("type", "object") : absolute(schema));
    return record;
  }

  /** References lead to the schema of flows, which has the definitions. */
  private static @Nullable Object absolute(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      for (Object item : list) {
        copy.add(absolute(item));
      }
      return copy;
    }
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      boolean reference =
          key.equals("$ref")
              && entry.getValue() instanceof String text
              && text.startsWith(DEFINITIONS);
      copy.put(
          key, reference ? "/api/v1/flows/schema" + entry.getValue() : absolute(entry.getValue()));
    }
    return copy;
  }

  /** {@code kafka.produce} is of kafka; the older names without a point are told apart here. */
  private static String family(String action) {
    int point = action.indexOf('.');
    if (point > 0) {
      return action.substring(0, point);
    }
    if (action.startsWith("mock_server_")) {
      return "mock_server";
    }
    return action.equals("http_request") || action.equals("wait_for") ? "http" : "core";
  }

  private static String name(String family) {
    return switch (family) {
      case "http" -> "HTTP";
      case "core" -> "Core";
      case "mock_server" -> "Mock server";
      default -> capital(family);
    };
  }

  private static String description(String family) {
    return switch (family) {
      case "http" -> "Requests over HTTP";
      case "core" -> "What every flow has: checks, waiting, loops and other flows";
      case "mock_server" -> "Servers that flows start in place of real ones";
      default -> "Actions of " + capital(family);
    };
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}

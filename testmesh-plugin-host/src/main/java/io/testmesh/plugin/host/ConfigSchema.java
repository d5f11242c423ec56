package io.testmesh.plugin.host;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema of an action's configuration (draft 2020-12 unless it says otherwise). Nothing is
 * ever fetched for it. Safe for use by several threads.
 */
final class ConfigSchema {
  private static final int MOST_FAULTS = 20;

  private final String action;
  private final Schema schema;

  private ConfigSchema(String action, Schema schema) {
    this.action = action;
    this.schema = schema;
  }

  /**
   * The schema, ready to check with.
   *
   * @throws IllegalArgumentException when it cannot be used; the message says why
   */
  static ConfigSchema of(String action, Map<String, @Nullable Object> schema) {
    String remote = remoteReference(schema);
    if (remote != null) {
      throw new IllegalArgumentException(
          "it refers to " + remote + ", which is outside of it and is not fetched");
    }
    try {
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12,
              builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));
      Schema compiled = registry.getSchema(Json.node(schema));
      compiled.initializeValidators();
      // Whatever is wrong with it, such as a broken pattern, shows with the first check.
      compiled.validate(Json.node(Map.of()));
      return new ConfigSchema(action, compiled);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("it is no JSON Schema: " + e.getMessage(), e);
    }
  }

  private static @Nullable String remoteReference(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        boolean reference =
            "$ref".equals(entry.getKey())
                || "$dynamicRef".equals(entry.getKey())
                || "$recursiveRef".equals(entry.getKey());
        if (reference && entry.getValue() instanceof String target && !target.startsWith("#")) {
          return "\"" + target + "\"";
        }
        String found = remoteReference(entry.getValue());
        if (found != null) {
          return found;
        }
      }
    } else if (value instanceof List<?> items) {
      for (Object item : items) {
        String found = remoteReference(item);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /**
   * What is wrong with a configuration, as far as its values are known.
   *
   * @param isFixed whether a value has no placeholder in it
   */
  List<ConfigFault> faults(
      Map<String, @Nullable Object> config, Predicate<@Nullable Object> isFixed) {
    List<ConfigFault> faults = new ArrayList<>();
    for (Error error : schema.validate(Json.node(config))) {
      List<Object> path = path(error.getInstanceLocation());
      if (faults.size() < MOST_FAULTS && (isAboutKeys(error) || isFixed.test(at(path, config)))) {
        faults.add(new ConfigFault(path, words(error)));
      }
    }
    return faults;
  }

  /** The keys of a map are what they are, whatever its placeholders give. */
  private static boolean isAboutKeys(Error error) {
    return switch (error.getKeyword()) {
      case "required", "additionalProperties", "minProperties", "maxProperties" -> true;
      default -> false;
    };
  }

  private static List<Object> path(NodePath location) {
    List<Object> path = new ArrayList<>();
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      path.add(element instanceof Number index ? (Object) index.intValue() : element);
    }
    return path;
  }

  private static @Nullable Object at(List<Object> path, @Nullable Object value) {
    Object now = value;
    for (Object part : path) {
      if (now instanceof Map<?, ?> map) {
        now = map.get(part);
      } else if (now instanceof List<?> items
          && part instanceof Integer index
          && index < items.size()) {
        now = items.get(index);
      } else {
        return null;
      }
    }
    return now;
  }

  /** The validator's words without the place, which stands elsewhere. */
  private String words(Error error) {
    String message = String.valueOf(error.getMessage());
    return (message.startsWith(": ") ? message.substring(2) : message)
        + ", as the schema of the action \""
        + action
        + "\" says";
  }

  /** A path as JSON Pointer has it (RFC 6901). */
  static String pointer(List<Object> path) {
    StringBuilder pointer = new StringBuilder();
    for (Object part : path) {
      pointer.append('/').append(part.toString().replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}

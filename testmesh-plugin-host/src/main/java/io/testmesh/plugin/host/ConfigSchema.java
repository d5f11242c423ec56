package io.testmesh.plugin.host;

import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.InvalidSchemaException;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.net.URI;
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
  private static final int MOST_WORDS = 300;

  private final String action;
  private final Validator validator;
  private final URI schema;

  private ConfigSchema(String action, Validator validator, URI schema) {
    this.action = action;
    this.validator = validator;
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
      Validator validator =
          new ValidatorFactory()
              .withDefaultDialect(new Dialects.Draft2020Dialect())
              .withJsonNodeFactory(SchemaNode.factory())
              .withSchemaResolver(uri -> SchemaResolver.Result.empty())
              .createValidator();
      URI registered = validator.registerSchema(SchemaNode.of(schema));
      // Whatever is wrong with it, such as a broken pattern, shows with the first check.
      validator.validate(registered, SchemaNode.of(Map.of()));
      return new ConfigSchema(action, validator, registered);
    } catch (InvalidSchemaException e) {
      throw new IllegalArgumentException("it is no JSON Schema: " + faults(e), e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("it is no JSON Schema: " + e.getMessage(), e);
    }
  }

  private static String faults(InvalidSchemaException e) {
    StringBuilder words = new StringBuilder();
    for (Error error : e.getErrors()) {
      if (words.length() < MOST_WORDS) {
        words.append(words.length() == 0 ? "" : "; ");
        words.append(error.getInstanceLocation().isEmpty() ? "" : error.getInstanceLocation());
        words.append(words.length() == 0 ? "" : " ").append(error.getError());
      }
    }
    return words.toString();
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
    for (Error error : validator.validate(schema, SchemaNode.of(config)).getErrors()) {
      List<Object> path = path(error.getInstanceLocation(), config);
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

  /** The keys and indexes of a JSON Pointer (RFC 6901) into a value. */
  private static List<Object> path(String pointer, @Nullable Object value) {
    List<Object> path = new ArrayList<>();
    Object now = value;
    for (String part : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
      String name = part.replace("~1", "/").replace("~0", "~");
      path.add(now instanceof List ? (Object) Integer.valueOf(name) : name);
      now = at(path.subList(path.size() - 1, path.size()), now);
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

  /** The validator's words, and whose schema it is; the place stands elsewhere. */
  private String words(Error error) {
    String message = error.getError();
    int names = message.indexOf("[[");
    boolean missing = error.getKeyword().equals("required") && names >= 0;
    String fault =
        missing ? "missing: " + message.substring(names + 2, message.length() - 2) : message;
    return fault + ", as the schema of the action \"" + action + "\" says";
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

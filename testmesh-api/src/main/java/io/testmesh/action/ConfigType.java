package io.testmesh.action;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The type of a value in an action's configuration. Texts of the simple types may hold
 * placeholders; their values are checked again when they are rendered.
 *
 * @since 0.1
 */
public sealed interface ConfigType {

  /** Any text; numbers and booleans are not texts. */
  ConfigType TEXT = Simple.TEXT;

  /** A whole number; also a text of digits. */
  ConfigType INTEGER = Simple.INTEGER;

  /** A number; also a text that is one. */
  ConfigType NUMBER = Simple.NUMBER;

  /** {@code true} or {@code false}. */
  ConfigType BOOLEAN = Simple.BOOLEAN;

  /** {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h30m}, or a number of milliseconds. */
  ConfigType DURATION = Simple.DURATION;

  /** A path, relative to the flow; a static one must exist when the flow is loaded. */
  ConfigType FILE = Simple.FILE;

  /** Any JSON-like value. */
  ConfigType ANY = Simple.ANY;

  /** Any map. */
  ConfigType MAP = new MapOf(Simple.ANY);

  /** Any list. */
  ConfigType LIST = new ListOf(Simple.ANY);

  /** An expression or a path; a number, boolean or null stands for itself. Never rendered. */
  ConfigType EXPRESSION = Simple.EXPRESSION;

  /** A list of assertions. Never rendered as templates. */
  ConfigType ASSERTIONS = Simple.ASSERTIONS;

  /** A list of steps, run by the engine. */
  ConfigType STEPS = Simple.STEPS;

  /** One of the texts. */
  static ConfigType choice(String... allowed) {
    return new Choice(List.of(allowed));
  }

  /** A list whose items have the type. */
  static ConfigType listOf(ConfigType item) {
    return new ListOf(item);
  }

  /** A map with free keys whose values have the type. */
  static ConfigType mapOf(ConfigType value) {
    return new MapOf(value);
  }

  /** A map with these keys and no others. */
  static ConfigType object(ConfigKey... keys) {
    return new ObjectOf(List.of(keys));
  }

  /** A value of any of the types; the first that fits. */
  static ConfigType oneOf(ConfigType... types) {
    return new OneOf(List.of(types));
  }

  /** A value that a JSON Schema describes, as plugins do; the schema is a JSON-like map. */
  static ConfigType schema(Map<String, @Nullable Object> schema) {
    return new Schema(schema);
  }

  /** How the type is called in messages, such as {@code a duration such as 30s}. */
  String describe();

  /** The types without parts. */
  enum Simple implements ConfigType {
    /** See {@link ConfigType#TEXT}. */
    TEXT("a text"),
    /** See {@link ConfigType#INTEGER}. */
    INTEGER("a whole number"),
    /** See {@link ConfigType#NUMBER}. */
    NUMBER("a number"),
    /** See {@link ConfigType#BOOLEAN}. */
    BOOLEAN("true or false"),
    /** See {@link ConfigType#DURATION}. */
    DURATION("a duration such as 30s or 250ms"),
    /** See {@link ConfigType#FILE}. */
    FILE("the path of a file"),
    /** See {@link ConfigType#ANY}. */
    ANY("any value"),
    /** See {@link ConfigType#EXPRESSION}. */
    EXPRESSION("an expression or a path"),
    /** See {@link ConfigType#ASSERTIONS}. */
    ASSERTIONS("a list of assertions"),
    /** See {@link ConfigType#STEPS}. */
    STEPS("a list of steps");

    private final String words;

    Simple(String words) {
      this.words = words;
    }

    @Override
    public String describe() {
      return words;
    }
  }

  /**
   * One of a few texts.
   *
   * @param allowed the texts, in the order in which they are shown
   */
  record Choice(List<String> allowed) implements ConfigType {
    /** Copies the list. */
    public Choice {
      allowed = List.copyOf(allowed);
    }

    @Override
    public String describe() {
      return "one of " + String.join(", ", allowed);
    }
  }

  /**
   * A list.
   *
   * @param item the type of its items
   */
  record ListOf(ConfigType item) implements ConfigType {
    /** Checks that the type is present. */
    public ListOf {
      Objects.requireNonNull(item, "item");
    }

    @Override
    public String describe() {
      return item.equals(ANY) ? "a list" : "a list, each " + item.describe();
    }
  }

  /**
   * A map with free keys.
   *
   * @param value the type of its values
   */
  record MapOf(ConfigType value) implements ConfigType {
    /** Checks that the type is present. */
    public MapOf {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public String describe() {
      return value.equals(ANY) ? "a map" : "a map, each value " + value.describe();
    }
  }

  /**
   * A map with known keys.
   *
   * @param keys the keys, in the order in which they are shown
   */
  record ObjectOf(List<ConfigKey> keys) implements ConfigType {
    /** Copies the list. */
    public ObjectOf {
      keys = List.copyOf(keys);
    }

    @Override
    public String describe() {
      StringBuilder names = new StringBuilder("a map with ");
      for (int i = 0; i < keys.size(); i++) {
        names.append(i == 0 ? "" : ", ").append(keys.get(i).name());
      }
      return names.toString();
    }
  }

  /**
   * A value of one of several types.
   *
   * @param types the types, the first that fits counts
   */
  record OneOf(List<ConfigType> types) implements ConfigType {
    /** Copies the list. */
    public OneOf {
      types = List.copyOf(types);
    }

    @Override
    public String describe() {
      StringBuilder names = new StringBuilder();
      for (int i = 0; i < types.size(); i++) {
        names.append(i == 0 ? "" : " or ").append(types.get(i).describe());
      }
      return names.toString();
    }
  }

  /**
   * A value that a JSON Schema describes.
   *
   * @param schema the schema, a JSON-like map; kept as it is
   */
  record Schema(Map<String, @Nullable Object> schema) implements ConfigType {
    @Override
    public String describe() {
      return "a value that fits the plugin's schema";
    }
  }
}

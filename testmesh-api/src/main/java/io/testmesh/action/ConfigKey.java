package io.testmesh.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key of an action's configuration. Immutable. The camelCase and snake_case spellings of a name
 * are the same key without being declared.
 *
 * @since 0.1
 */
public final class ConfigKey {
  private final String name;
  private final ConfigType type;
  private final String description;
  private final boolean required;
  private final @Nullable Object defaultValue;
  private final boolean secret;
  private final List<String> aliases;

  private ConfigKey(
      String name,
      ConfigType type,
      String description,
      boolean required,
      @Nullable Object defaultValue,
      boolean secret,
      List<String> aliases) {
    this.name = Objects.requireNonNull(name, "name");
    this.type = Objects.requireNonNull(type, "type");
    this.description = Objects.requireNonNull(description, "description");
    this.required = required;
    this.defaultValue = defaultValue;
    this.secret = secret;
    this.aliases = List.copyOf(aliases);
  }

  /** A key that must be there. */
  public static ConfigKey required(String name, ConfigType type, String description) {
    return new ConfigKey(name, type, description, true, null, false, List.of());
  }

  /** A key that may be left out and then has no value. */
  public static ConfigKey optional(String name, ConfigType type, String description) {
    return new ConfigKey(name, type, description, false, null, false, List.of());
  }

  /** A key that may be left out and then has the default, written as a flow would write it. */
  public static ConfigKey optional(
      String name, ConfigType type, @Nullable Object defaultValue, String description) {
    return new ConfigKey(name, type, description, false, defaultValue, false, List.of());
  }

  /** The same key; its value is masked wherever it shows. */
  public ConfigKey asSecret() {
    return new ConfigKey(name, type, description, required, defaultValue, true, aliases);
  }

  /** The same key, also known under an older name. */
  public ConfigKey alias(String olderName) {
    List<String> more = new ArrayList<>(aliases);
    more.add(olderName);
    return new ConfigKey(name, type, description, required, defaultValue, secret, more);
  }

  /** The name, in its one spelling. */
  public String name() {
    return name;
  }

  /** The type of the value. */
  public ConfigType type() {
    return type;
  }

  /** One sentence for people. */
  public String description() {
    return description;
  }

  /** Whether the key must be there. */
  public boolean isRequired() {
    return required;
  }

  /** The value when the key is left out; null where there is none. */
  public @Nullable Object defaultValue() {
    return defaultValue;
  }

  /** Whether the value is masked wherever it shows. */
  public boolean isSecret() {
    return secret;
  }

  /** Older names, deprecated. */
  public List<String> aliases() {
    return aliases;
  }
}

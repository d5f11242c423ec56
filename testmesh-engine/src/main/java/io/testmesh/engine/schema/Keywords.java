package io.testmesh.engine.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A schema while it is made: its keywords in order. Belongs to one thread. */
final class Keywords {
  private final Map<String, @Nullable Object> words = new LinkedHashMap<>();

  /** A schema that takes everything. */
  static Keywords any() {
    return new Keywords();
  }

  /** Values of a type; with several, editors offer the first. */
  static Keywords of(String... types) {
    return any().with("type", types.length == 1 ? types[0] : List.of(types));
  }

  /** Texts that fit a pattern. */
  static Keywords text(String pattern) {
    return of("string").with("pattern", pattern);
  }

  /** One of the texts. */
  static Keywords choice(List<String> allowed) {
    return of("string").with("enum", allowed);
  }

  /** What is defined under a name. */
  static Keywords ref(String name) {
    return any().with("$ref", "#/$defs/" + name);
  }

  /** A list of one item or more. */
  static Keywords listOf(Keywords item) {
    return of("array").with("items", item.map());
  }

  /** A map with free keys. */
  static Keywords mapOf(Keywords value) {
    return of("object").with("additionalProperties", value.map());
  }

  /** What fits one of the schemas. */
  static Keywords anyOf(Keywords... schemas) {
    return any().with("anyOf", maps(List.of(schemas)));
  }

  /** A map with these keys and no others. */
  static Keywords object(Map<String, Keywords> properties) {
    Map<String, Object> maps = new LinkedHashMap<>();
    for (Map.Entry<String, Keywords> property : properties.entrySet()) {
      maps.put(property.getKey(), property.getValue().map());
    }
    return of("object").with("properties", maps).with("additionalProperties", false);
  }

  /** A map with these keys and no others, each as the table describes it. */
  static Keywords object(List<String> keys, Map<String, Keywords> table) {
    Map<String, Keywords> properties = new LinkedHashMap<>();
    for (String key : keys) {
      properties.put(key, Objects.requireNonNullElseGet(table.get(key), Keywords::any));
    }
    return object(properties);
  }

  static List<Map<String, @Nullable Object>> maps(List<Keywords> schemas) {
    List<Map<String, @Nullable Object>> maps = new ArrayList<>(schemas.size());
    for (Keywords schema : schemas) {
      maps.add(schema.map());
    }
    return maps;
  }

  Keywords with(String keyword, @Nullable Object value) {
    words.put(keyword, value);
    return this;
  }

  /** With a sentence that editors show. */
  Keywords says(String description) {
    return with("description", description);
  }

  Keywords required(String... keys) {
    return with("required", List.of(keys));
  }

  Keywords required(List<String> keys) {
    return keys.isEmpty() ? this : with("required", List.copyOf(keys));
  }

  /** The schema as a JSON-like map. */
  Map<String, @Nullable Object> map() {
    return words;
  }
}

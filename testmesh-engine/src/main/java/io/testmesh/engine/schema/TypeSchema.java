package io.testmesh.engine.schema;

import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.engine.value.JsonValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of configuration types. What is not a text may also be a text with a placeholder: its
 * value is known at run time only.
 */
final class TypeSchema {
  /** Texts with a placeholder. */
  static final String PLACEHOLDER = "\\$\\{|\\{\\{";

  private static final String NUMBER = "[0-9]+(\\.[0-9]+)?";

  /** Durations as they are written. */
  static final String DURATION =
      "^("
          + NUMBER
          + "|(?=[0-9])("
          + NUMBER
          + "h)?("
          + NUMBER
          + "m)?("
          + NUMBER
          + "s)?("
          + NUMBER
          + "ms)?)$";

  private TypeSchema() {}

  /** A map with the keys of a configuration, under all their spellings. */
  static Keywords object(List<ConfigKey> keys) {
    Map<String, Keywords> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    List<Keywords> rules = new ArrayList<>();
    for (ConfigKey key : keys) {
      properties.put(key.name(), property(key));
    }
    for (ConfigKey key : keys) {
      List<String> spellings = spellings(key);
      for (String spelling : spellings) {
        properties.putIfAbsent(spelling, olderSpelling(key, spelling));
      }
      if (key.isRequired() && spellings.size() == 1) {
        required.add(key.name());
      } else if (key.isRequired()) {
        rules.add(oneOfThem(spellings));
      }
      if (spellings.size() > 1) {
        rules.addAll(notBoth(spellings));
      }
    }
    Keywords object = Keywords.object(properties).required(required);
    return rules.isEmpty() ? object : object.with("allOf", Keywords.maps(rules));
  }

  private static Keywords property(ConfigKey key) {
    Keywords property = of(key.type()).says(description(key));
    return key.defaultValue() == null
        ? property
        : property.with("default", JsonValues.copy(key.defaultValue()));
  }

  private static String description(ConfigKey key) {
    String secret = key.isSecret() ? " (masked wherever it shows)" : "";
    return key.description() + secret + ": " + key.type().describe() + ".";
  }

  /** Editors do not offer it; an older name is marked where it is used. */
  private static Keywords olderSpelling(ConfigKey key, String spelling) {
    Keywords property = of(key.type()).says("The same as " + key.name() + ".");
    return key.aliases().contains(spelling)
        ? property
            .with("deprecated", true)
            .with("deprecationMessage", "an older name of \"" + key.name() + "\"")
        : property.with("doNotSuggest", true);
  }

  private static List<String> spellings(ConfigKey key) {
    List<String> spellings = new ArrayList<>();
    spellings.add(key.name());
    spellings.addAll(key.aliases());
    for (String name : List.copyOf(spellings)) {
      String camel = camelCase(name);
      if (!spellings.contains(camel)) {
        spellings.add(camel);
      }
    }
    return spellings;
  }

  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean begins = i > 0 && name.charAt(i - 1) == '_';
      if (c != '_') {
        camel.append(begins ? Character.toUpperCase(c) : c);
      }
    }
    return camel.toString();
  }

  private static Keywords oneOfThem(List<String> spellings) {
    List<Keywords> choices = new ArrayList<>();
    for (String spelling : spellings) {
      choices.add(Keywords.any().required(spelling));
    }
    return Keywords.any().with("anyOf", Keywords.maps(choices));
  }

  private static List<Keywords> notBoth(List<String> spellings) {
    List<Keywords> rules = new ArrayList<>();
    for (int i = 0; i < spellings.size(); i++) {
      for (int j = i + 1; j < spellings.size(); j++) {
        Keywords both = Keywords.any().required(spellings.get(i), spellings.get(j));
        rules.add(Keywords.any().with("not", both.map()));
      }
    }
    return rules;
  }

  /** The schema of a value of the type. */
  static Keywords of(ConfigType type) {
    if (type instanceof ConfigType.Simple simple) {
      return simple(simple);
    }
    if (type instanceof ConfigType.Choice choice) {
      return orPlaceholder(Keywords.choice(choice.allowed()));
    }
    if (type instanceof ConfigType.ListOf list) {
      return orText("array", PLACEHOLDER, type).with("items", of(list.item()).map());
    }
    if (type instanceof ConfigType.MapOf map) {
      Keywords free = orText("object", PLACEHOLDER, type);
      return map.value().equals(ConfigType.ANY)
          ? free
          : free.with("additionalProperties", of(map.value()).map());
    }
    if (type instanceof ConfigType.ObjectOf object) {
      return orPlaceholder(object(object.keys()));
    }
    if (type instanceof ConfigType.OneOf oneOf) {
      List<Keywords> choices = new ArrayList<>();
      for (ConfigType candidate : oneOf.types()) {
        choices.add(of(candidate));
      }
      return Keywords.any().with("anyOf", Keywords.maps(choices));
    }
    Map<String, @Nullable Object> schema = ((ConfigType.Schema) type).schema();
    return Keywords.any().with("anyOf", List.of(schema, Keywords.text(PLACEHOLDER).map()));
  }

  private static Keywords simple(ConfigType.Simple type) {
    return switch (type) {
      case TEXT, FILE -> Keywords.of("string");
      case INTEGER -> orText("integer", "^-?[0-9]+$|" + PLACEHOLDER, type);
      case NUMBER -> orText("number", "^-?" + NUMBER + "$|" + PLACEHOLDER, type);
      case BOOLEAN -> orText("boolean", PLACEHOLDER, type);
      case DURATION ->
          Keywords.of("string", "number")
              .with("pattern", DURATION + "|" + PLACEHOLDER)
              .with("patternErrorMessage", wanted(type))
              .with("minimum", 0L);
      case ANY -> Keywords.any();
      case EXPRESSION -> Keywords.of("string", "number", "boolean", "null");
      case ASSERTIONS -> Keywords.ref("assertions");
      case STEPS -> Keywords.ref("steps");
    };
  }

  private static Keywords orText(String type, String pattern, ConfigType wanted) {
    return Keywords.of(type, "string")
        .with("pattern", pattern)
        .with("patternErrorMessage", wanted(wanted));
  }

  private static String wanted(ConfigType type) {
    return "wants " + type.describe() + ", or a placeholder";
  }

  private static Keywords orPlaceholder(Keywords schema) {
    return Keywords.anyOf(schema, Keywords.text(PLACEHOLDER));
  }
}

package io.testmesh.cli;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.action.JsonFormat;
import java.util.List;

/** Renders all about one action for people. */
final class ActionText {
  private final JsonFormat json;
  private final StringBuilder text = new StringBuilder();

  ActionText(JsonFormat json) {
    this.json = json;
  }

  /** The description, keys, result and example. */
  String of(ActionDescriptor action) {
    text.append(action.id()).append('\n');
    if (!action.description().isEmpty()) {
      text.append("  ").append(action.description()).append('\n');
    }
    text.append("\nconfig\n");
    if (action.keys().isEmpty()) {
      text.append("  no keys\n");
    }
    keys(action.keys(), "  ");
    if (action.isPolling()) {
      text.append("  assert, within, every, for\n");
      text.append("      it is looked again until the assertions hold\n");
    }
    if (!action.results().isEmpty()) {
      text.append("\nresult\n");
      for (ActionDescriptor.ResultKey key : action.results()) {
        text.append("  ").append(key.name()).append("  ").append(key.type().describe());
        text.append("\n      ").append(key.description()).append('\n');
      }
    }
    if (action.example().isPresent()) {
      text.append("\nexample\n");
      String example = action.example().get().stripTrailing();
      text.append("  ").append(example.replace("\n", "\n  ")).append('\n');
    }
    return text.toString();
  }

  private void keys(List<ConfigKey> keys, String indent) {
    for (ConfigKey key : keys) {
      text.append(indent).append(key.name()).append("  ").append(describe(key.type()));
      if (key.isRequired()) {
        text.append(", required");
      } else if (key.defaultValue() != null) {
        text.append(", default ").append(json.render(key.defaultValue()));
      }
      if (key.isSecret()) {
        text.append(", secret");
      }
      if (!key.aliases().isEmpty()) {
        text.append(", also called ").append(String.join(", ", key.aliases()));
      }
      text.append('\n').append(indent).append("    ").append(key.description()).append('\n');
      parts(key.type(), indent + "    ");
    }
  }

  /** The keys of maps stand below; naming them twice would only be long. */
  private static String describe(ConfigType type) {
    if (type instanceof ConfigType.ObjectOf) {
      return "a map";
    }
    if (type instanceof ConfigType.ListOf list) {
      return list.item().equals(ConfigType.ANY)
          ? type.describe()
          : "a list, each " + describe(list.item());
    }
    if (type instanceof ConfigType.MapOf map) {
      return map.value().equals(ConfigType.ANY)
          ? type.describe()
          : "a map, each value " + describe(map.value());
    }
    if (type instanceof ConfigType.OneOf oneOf) {
      StringBuilder names = new StringBuilder();
      for (ConfigType candidate : oneOf.types()) {
        names.append(names.length() == 0 ? "" : " or ").append(describe(candidate));
      }
      return names.toString();
    }
    return type.describe();
  }

  private void parts(ConfigType type, String indent) {
    if (type instanceof ConfigType.ObjectOf object) {
      keys(object.keys(), indent);
    } else if (type instanceof ConfigType.ListOf list) {
      parts(list.item(), indent);
    } else if (type instanceof ConfigType.MapOf map) {
      parts(map.value(), indent);
    } else if (type instanceof ConfigType.OneOf oneOf) {
      String separator = "";
      for (ConfigType candidate : oneOf.types()) {
        int before = text.length();
        parts(candidate, indent);
        if (text.length() > before) {
          text.insert(before, separator);
          separator = indent + "or\n";
        }
      }
    }
  }
}

package io.testmesh.arch;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.action.JsonFormat;
import java.util.List;

/** Makes the pages of docs/reference. */
final class ReferencePages {
  private static final String GENERATED =
      "<!-- Made by .ci/reference from the code; a test compares. -->\n\n";

  private final StringBuilder page = new StringBuilder(GENERATED);

  private ReferencePages() {}

  /** The page of all actions. */
  static String actions() {
    return Tools.use(
        tools -> {
          ReferencePages pages = new ReferencePages();
          pages.actions(tools.actions(), tools.json());
          return pages.page.toString();
        });
  }

  private void actions(List<ActionDescriptor> actions, JsonFormat json) {
    page.append("# Actions\n\n");
    page.append("What `testmesh actions` shows, for reading. A key may also be written in");
    page.append(" camelCase. Where a value is no text, a text with a placeholder will do.\n\n");
    for (ActionDescriptor action : actions) {
      String anchor = action.id().replace(".", "");
      page.append("- [").append(action.id()).append("](#").append(anchor).append(")\n");
    }
    for (ActionDescriptor action : actions) {
      page.append("\n## ").append(action.id()).append("\n\n");
      page.append(action.description()).append('\n');
      if (action.keys().isEmpty()) {
        page.append("\nIt takes no keys.\n");
      } else {
        page.append("\n| config | type | default | meaning |\n|---|---|---|---|\n");
        keys(action.keys(), "", json);
      }
      if (action.isPolling()) {
        page.append("\nIts config also takes `assert`, `within`, `every` and `for`.\n");
      }
      results(action);
      if (action.example().isPresent()) {
        page.append("\n```yaml\n").append(action.example().get().stripTrailing());
        page.append("\n```\n");
      }
    }
  }

  private void results(ActionDescriptor action) {
    if (!action.results().isEmpty()) {
      page.append("\n| result | type | meaning |\n|---|---|---|\n");
      for (ActionDescriptor.ResultKey key : action.results()) {
        row("`" + key.name() + "`", key.type().describe(), key.description());
      }
    }
    if (action.isResultOpen()) {
      page.append("\nThe result may hold more keys.\n");
    }
  }

  private void keys(List<ConfigKey> keys, String owner, JsonFormat json) {
    for (ConfigKey key : keys) {
      String name = owner + key.name();
      String usual =
          key.isRequired()
              ? "required"
              : key.defaultValue() == null ? "" : "`" + json.render(key.defaultValue()) + "`";
      StringBuilder meaning = new StringBuilder(key.description());
      if (key.isSecret()) {
        meaning.append(" (masked)");
      }
      if (!key.aliases().isEmpty()) {
        meaning.append("; older: `").append(String.join("`, `", key.aliases())).append('`');
      }
      row("`" + name + "`", type(key.type()), usual, meaning.toString());
      parts(key.type(), name, json);
    }
  }

  /** The keys of a map have rows of their own. */
  private static String type(ConfigType type) {
    if (type instanceof ConfigType.ObjectOf) {
      return "a map";
    }
    if (type instanceof ConfigType.ListOf list && !list.item().equals(ConfigType.ANY)) {
      return "a list, each " + type(list.item());
    }
    if (type instanceof ConfigType.MapOf map && !map.value().equals(ConfigType.ANY)) {
      return "a map, each value " + type(map.value());
    }
    if (type instanceof ConfigType.OneOf oneOf) {
      return String.join(" or ", oneOf.types().stream().map(ReferencePages::type).toList());
    }
    return type.describe();
  }

  private void parts(ConfigType type, String name, JsonFormat json) {
    if (type instanceof ConfigType.ObjectOf object) {
      keys(object.keys(), name + ".", json);
    } else if (type instanceof ConfigType.ListOf list) {
      parts(list.item(), name + "[]", json);
    } else if (type instanceof ConfigType.MapOf map) {
      parts(map.value(), name + ".*", json);
    } else if (type instanceof ConfigType.OneOf oneOf) {
      for (ConfigType candidate : oneOf.types()) {
        parts(candidate, name, json);
      }
    }
  }

  /** The page of all error codes. */
  static String errorCodes(Project project) {
    ReferencePages pages = new ReferencePages();
    pages.page.append("# Error codes\n\n");
    pages.page.append("Codes are stable, the words beside them may improve. A plugin or an");
    pages.page.append(
        " action in Java may name codes of its own. Codes of plugins stand here as reports have");
    pages.page.append(
        " them, `plugin_start_exited`; over REST, in `plugin list` and `plugin check`");
    pages.page.append(" the same code is `START_EXITED`.\n");
    String section = "";
    for (ErrorCodes.Line line : ErrorCodes.table(project)) {
      if (!line.section().equals(section)) {
        section = line.section();
        pages.page.append("\n## ").append(section).append("\n\n");
        pages.page.append("| code | found at | cause | cure |\n|---|---|---|---|\n");
      }
      pages.row("`" + line.code() + "`", line.found(), line.cause(), line.cure());
    }
    return pages.page.toString();
  }

  private void row(String... cells) {
    for (String cell : cells) {
      page.append("| ").append(cell.replace("|", "\\|").replace("\n", " ")).append(' ');
    }
    page.append("|\n");
  }
}

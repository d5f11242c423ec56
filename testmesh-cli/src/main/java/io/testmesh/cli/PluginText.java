package io.testmesh.cli;

import io.testmesh.plugin.admin.PluginRecord;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.registry.KeptInfo;
import io.testmesh.result.Diagnosis;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plugins for people. */
final class PluginText {
  private static final int INFO_WIDTH = 13;

  private PluginText() {}

  /** {@code my-plugin 1.0.0}. */
  static String name(PluginRecord plugin) {
    String version = field(plugin, "version");
    return plugin.id() + (version.isEmpty() ? "" : " " + version);
  }

  /** What it offers, to go after its name. */
  static String offers(PluginRecord plugin) {
    if (plugin.actions().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(": ");
    for (KeptInfo.Action action : plugin.actions()) {
      text.append(text.length() == 2 ? "" : ", ").append(action.id());
    }
    return Diagnosis.line(text.toString());
  }

  private static String field(PluginRecord plugin, String key) {
    return plugin.manifest().get(key) instanceof String text ? Diagnosis.line(text) : "";
  }

  /** A line for each plugin, in columns. */
  static String list(List<PluginRecord> plugins, Path folder) {
    if (plugins.isEmpty()) {
      return "no plugins in " + folder + "\ninstall one: testmesh plugin install SOURCE\n";
    }
    String[][] rows = new String[plugins.size()][];
    for (int i = 0; i < rows.length; i++) {
      PluginRecord plugin = plugins.get(i);
      String type = plugin.type();
      rows[i] =
          new String[] {
            Diagnosis.line(plugin.id()),
            orDash(field(plugin, "version")),
            orDash(type == null ? "" : Diagnosis.line(type)),
            state(plugin),
            plugin.error() == null ? field(plugin, "name") : Diagnosis.line(plugin.error())
          };
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      for (int column = 0; column < row.length; column++) {
        text.append(row[column]);
        if (column < row.length - 1) {
          pad(text, width(rows, column) - row[column].length() + 2);
        }
      }
      text.append('\n');
    }
    text.append(rows.length).append(rows.length == 1 ? " plugin in " : " plugins in ");
    return text.append(folder).append('\n').toString();
  }

  private static String state(PluginRecord plugin) {
    if (plugin.status().equals("invalid")) {
      return "invalid";
    }
    return plugin.enabled() ? "enabled" : "disabled";
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static int width(String[][] rows, int column) {
    int width = 0;
    for (String[] row : rows) {
      width = Math.max(width, row[column].length());
    }
    return width;
  }

  private static void pad(StringBuilder text, int count) {
    for (int i = 0; i < count; i++) {
      text.append(' ');
    }
  }

  /** All about one. */
  static String info(PluginRecord plugin) {
    StringBuilder text = new StringBuilder();
    row(text, "id", Diagnosis.line(plugin.id()));
    for (String key :
        new String[] {
          "name", "version", "type", "description", "author", "homepage", "entry_point"
        }) {
      row(text, key.replace('_', ' '), field(plugin, key));
    }
    row(text, "folder", plugin.path().toString());
    row(text, "state", state(plugin));
    row(text, "error", plugin.error());
    row(text, "cure", plugin.hint());
    String label = "actions";
    for (KeptInfo.Action action : plugin.actions()) {
      String description = action.description().isEmpty() ? "" : "  " + action.description();
      row(text, label, Diagnosis.line(action.id() + description));
      label = "";
    }
    if (plugin.actions().isEmpty() && plugin.error() == null) {
      row(text, "actions", "not known before the first start");
    }
    if (!plugin.permissions().isEmpty()) {
      row(text, "permissions", String.join(", ", plugin.permissions()) + "  (not enforced)");
    }
    warnings(text, "warning", plugin.warnings());
    warnings(text, "conflict", plugin.conflicts());
    return text.toString();
  }

  private static void warnings(StringBuilder text, String label, List<PluginWarning> warnings) {
    for (PluginWarning warning : warnings) {
      row(text, label, Diagnosis.line(warning.message()));
    }
  }

  private static void row(StringBuilder text, String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append(label);
      pad(text, INFO_WIDTH - label.length());
      text.append(value).append('\n');
    }
  }
}

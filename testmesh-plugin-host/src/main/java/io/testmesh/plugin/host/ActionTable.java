package io.testmesh.plugin.host;

import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.NearName;
import io.testmesh.plugin.manifest.PluginType;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.registry.Installed;
import io.testmesh.plugin.registry.KeptInfo;
import io.testmesh.spi.ActionSource.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which plugin an action belongs to, by what is known about the plugins at one moment. Immutable.
 *
 * <p>The plugin whose id is an action's prefix owns it. An action with another prefix belongs to
 * the one plugin that offers it; when two do, to none. Built-in actions are never a plugin's.
 */
final class ActionTable {
  private final List<Entry> entries;
  private final Set<String> builtIn;

  ActionTable(List<Entry> entries, Set<String> builtIn) {
    this.entries = List.copyOf(entries);
    this.builtIn = Set.copyOf(builtIn);
  }

  /**
   * A plugin and what it offers.
   *
   * @param info null when that is not known
   */
  record Entry(Installed plugin, @Nullable KeptInfo info) {
    /** Whether its actions can be used by flows. */
    boolean isUsable() {
      Manifest manifest = plugin.manifest();
      return plugin.isUsable() && manifest != null && manifest.type() == PluginType.ACTION;
    }

    String id() {
      return plugin.id();
    }

    /** What it says about an action; null when it does not offer it. */
    KeptInfo.@Nullable Action action(String name) {
      if (info != null) {
        for (KeptInfo.Action action : info.actions()) {
          if (action.id().equals(name)) {
            return action;
          }
        }
      }
      return name.equals(id()) ? plain(name) : null;
    }

    boolean isPrefixOf(String name) {
      return name.equals(id()) || name.startsWith(id() + ".");
    }
  }

  /** An action of which nothing but its name is known. */
  static KeptInfo.Action plain(String name) {
    return new KeptInfo.Action(name, "", "", Map.of());
  }

  /**
   * What was found about a name.
   *
   * @param owner the plugin that has it; null when it is refused or not known
   * @param action what is known about it
   * @param refusal why it cannot be used; null when it can
   * @param candidates plugins that may have it, and have to be started to tell
   */
  record Match(
      @Nullable Entry owner,
      KeptInfo.Action action,
      @Nullable Refusal refusal,
      List<Entry> candidates) {

    static Match of(Entry owner, KeptInfo.Action action) {
      return new Match(owner, action, null, List.of());
    }

    static Match refused(String name, String code, String message, @Nullable String hint) {
      return new Match(null, plain(name), new Refusal(code, message, hint), List.of());
    }

    /** Whether anything is known about it. */
    boolean isKnown() {
      return owner != null || refusal != null || !candidates.isEmpty();
    }
  }

  Match find(String name) {
    if (builtIn.contains(name)) {
      return new Match(null, plain(name), null, List.of());
    }
    Entry owner = owner(name);
    if (owner != null && !owner.isUsable()) {
      return unusable(name, owner);
    }
    KeptInfo.Action own = owner == null ? null : owner.action(name);
    if (owner != null && own != null) {
      return Match.of(owner, own);
    }
    if (owner != null && owner.info() == null) {
      return new Match(null, plain(name), null, List.of(owner));
    }
    List<Entry> offering = offering(name);
    if (offering.size() == 1) {
      KeptInfo.Action action = offering.get(0).action(name);
      return Match.of(offering.get(0), action == null ? plain(name) : action);
    }
    if (!offering.isEmpty()) {
      return clash(name, offering);
    }
    return owner != null ? unknown(name, owner) : new Match(null, plain(name), null, silent());
  }

  /** The plugin whose id is the longest prefix of the name. */
  private @Nullable Entry owner(String name) {
    Entry owner = null;
    for (Entry entry : entries) {
      if (entry.isPrefixOf(name) && (owner == null || entry.id().length() > owner.id().length())) {
        owner = entry;
      }
    }
    return owner;
  }

  private List<Entry> offering(String name) {
    List<Entry> offering = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.isUsable() && entry.action(name) != null) {
        offering.add(entry);
      }
    }
    return offering;
  }

  /** The plugins that have not said yet what they offer. */
  private List<Entry> silent() {
    List<Entry> silent = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.isUsable() && entry.info() == null) {
        silent.add(entry);
      }
    }
    return silent;
  }

  private static Match unusable(String name, Entry owner) {
    Installed plugin = owner.plugin();
    String id = owner.id();
    if (plugin.problem() != null) {
      String message = String.valueOf(plugin.problem().getMessage());
      return Match.refused(
          name,
          plugin.problem().reportCode(),
          message.contains(id) ? message : "plugin \"" + id + "\" cannot be used: " + message,
          plugin.problem().hint().orElse("see: testmesh plugin info " + id));
    }
    if (!plugin.enabled()) {
      return Match.refused(
          name,
          "plugin_disabled",
          "the action \"" + name + "\" belongs to plugin \"" + id + "\", which is disabled",
          "testmesh plugin enable " + id);
    }
    String type = plugin.manifest() == null ? "other" : plugin.manifest().type().key();
    return Match.refused(
        name,
        "plugin_no_action",
        "plugin \"" + id + "\" is of the type " + type + " and has no actions",
        "only plugins of the type action have actions");
  }

  private static Match clash(String name, List<Entry> offering) {
    return Match.refused(
        name,
        "plugin_action_clash",
        "the action \"" + name + "\" is offered by " + ids(offering) + ", so that none has it",
        "disable all but one, or use the id of the plugin itself as action");
  }

  private static String ids(List<Entry> entries) {
    StringBuilder ids = new StringBuilder();
    for (Entry entry : entries) {
      ids.append(ids.isEmpty() ? "" : " and ").append("plugin \"").append(entry.id()).append('"');
    }
    return ids.toString();
  }

  private static Match unknown(String name, Entry owner) {
    Set<String> names = new LinkedHashSet<>();
    names.add(owner.id());
    KeptInfo info = owner.info();
    if (info != null) {
      for (KeptInfo.Action action : info.actions()) {
        names.add(action.id());
      }
    }
    String near = NearName.of(name, names);
    return Match.refused(
        name,
        "plugin_unknown_action",
        "plugin \"" + owner.id() + "\" has no action \"" + name + "\"",
        near != null ? "did you mean \"" + near + "\"?" : "it has " + String.join(", ", names));
  }

  /** Every action that is known and belongs to a plugin. */
  Map<String, Match> all() {
    Set<String> names = new TreeSet<>();
    for (Entry entry : entries) {
      if (entry.isUsable()) {
        names.add(entry.id());
        if (entry.info() != null) {
          for (KeptInfo.Action action : entry.info().actions()) {
            names.add(action.id());
          }
        }
      }
    }
    Map<String, Match> all = new LinkedHashMap<>();
    for (String name : names) {
      Match match = find(name);
      if (match.owner() != null) {
        all.put(name, match);
      }
    }
    return all;
  }

  /** What is odd about the actions that a plugin offers. */
  List<PluginWarning> conflicts(String id) {
    List<PluginWarning> conflicts = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.id().equals(id)) {
        addConflicts(entry, conflicts);
      }
    }
    return conflicts;
  }

  private void addConflicts(Entry entry, List<PluginWarning> conflicts) {
    Set<String> names = new LinkedHashSet<>();
    names.add(entry.id());
    if (entry.info() != null) {
      for (KeptInfo.Action action : entry.info().actions()) {
        names.add(action.id());
      }
    }
    for (String name : names) {
      Entry owner = owner(name);
      boolean others = offering(name).size() > 1;
      String start = "the action \"" + name + "\" of plugin \"" + entry.id() + "\" ";
      if (builtIn.contains(name)) {
        conflicts.add(
            new PluginWarning(
                "ACTION_CLASH", start + "has the name of a built-in one, which is used"));
      } else if (others && owner != null && !owner.id().equals(entry.id())) {
        conflicts.add(
            new PluginWarning(
                "ACTION_CLASH", start + "belongs to plugin \"" + owner.id() + "\" by its prefix"));
      } else if (others && owner == null) {
        conflicts.add(
            new PluginWarning(
                "ACTION_CLASH", start + "is offered by another plugin too, so that none has it"));
      }
    }
  }

  /** Whether the action has another prefix than its plugin's id. */
  static boolean isForeign(Entry owner, String name) {
    return !owner.isPrefixOf(name);
  }
}

package io.testmesh.plugin.admin;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.PluginType;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.registry.Installed;
import io.testmesh.plugin.registry.KeptInfo;
import io.testmesh.plugin.registry.RunningStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a plugin at a moment. Immutable.
 *
 * @param id what it is addressed by: its id, or its folder's name when it cannot be used
 * @param manifest the manifest's fields as they are written
 * @param path its folder
 * @param enabled whether flows may use it
 * @param loaded whether it runs and can be called
 * @param status a word for it: {@code invalid}, {@code disabled}, else how it runs
 * @param error why it cannot be used, or null
 * @param code the error's code in capitals, or null
 * @param hint the error's cure, or null
 * @param pid its process, or null
 * @param port where it listens, or null
 * @param actions what it offers, as far as that is known
 * @param restarts how often it was started again
 * @param permissions what it says it needs; nothing of it is enforced
 * @param warnings what is odd
 * @param conflicts what stands against it
 */
public record PluginRecord(
    String id,
    Map<String, @Nullable Object> manifest,
    Path path,
    boolean enabled,
    boolean loaded,
    String status,
    @Nullable String error,
    @Nullable String code,
    @Nullable String hint,
    @Nullable Long pid,
    @Nullable Integer port,
    List<KeptInfo.Action> actions,
    int restarts,
    List<String> permissions,
    List<PluginWarning> warnings,
    List<PluginWarning> conflicts) {
  /** Copies the collections. */
  public PluginRecord {
    manifest = Collections.unmodifiableMap(new LinkedHashMap<>(manifest));
    actions = List.copyOf(actions);
    permissions = List.copyOf(permissions);
    warnings = List.copyOf(warnings);
    conflicts = List.copyOf(conflicts);
  }

  static PluginRecord of(Installed plugin, RunningStatus running, @Nullable KeptInfo kept) {
    Manifest manifest = plugin.manifest();
    PluginException error = plugin.problem() == null ? running.error() : plugin.problem();
    List<KeptInfo.Action> actions = running.actions();
    if (actions == null) {
      actions = kept == null ? List.of() : kept.actions();
    }
    List<PluginWarning> warnings = new ArrayList<>(plugin.warnings());
    warnings.addAll(running.warnings());
    if (manifest != null && manifest.type() != PluginType.ACTION) {
      warnings.add(
          new PluginWarning(
              "NOT_INVOKED_YET",
              "plugins of type " + manifest.type().key() + " are not invoked yet"));
    }
    List<PluginWarning> conflicts = new ArrayList<>(plugin.conflicts());
    conflicts.addAll(running.conflicts());
    String status =
        plugin.problem() != null ? "invalid" : plugin.enabled() ? running.status() : "disabled";
    return new PluginRecord(
        plugin.id(),
        plugin.raw(),
        plugin.folder(),
        plugin.enabled(),
        running.loaded(),
        status,
        error == null ? null : error.getMessage(),
        error == null ? null : error.code(),
        error == null ? null : error.hint().orElse(null),
        running.pid(),
        running.port(),
        actions,
        running.restarts(),
        manifest == null ? List.of() : manifest.permissions(),
        warnings,
        conflicts);
  }

  /** The type as it is written, or null. */
  public @Nullable String type() {
    return manifest.get("type") instanceof String type ? type : null;
  }

  /** The same with an error that a change met. */
  PluginRecord failed(PluginException failure) {
    return new PluginRecord(
        id,
        manifest,
        path,
        enabled,
        loaded,
        status,
        failure.getMessage(),
        failure.code(),
        failure.hint().orElse(null),
        pid,
        port,
        actions,
        restarts,
        permissions,
        warnings,
        conflicts);
  }

  /** The same with more warnings. */
  PluginRecord withWarnings(List<PluginWarning> more) {
    List<PluginWarning> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new PluginRecord(
        id,
        manifest,
        path,
        enabled,
        loaded,
        status,
        error,
        code,
        hint,
        pid,
        port,
        actions,
        restarts,
        permissions,
        all,
        conflicts);
  }

  /** JSON-like, in the order of the contract. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("manifest", manifest);
    map.put("path", path.toString());
    map.put("enabled", enabled);
    map.put("loaded", loaded);
    map.put("status", status);
    map.put("error", error);
    map.put("code", code);
    if (hint != null) {
      map.put("hint", hint);
    }
    map.put("pid", pid);
    map.put("port", port);
    List<Map<String, @Nullable Object>> offered = new ArrayList<>();
    for (KeptInfo.Action action : actions) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("id", action.id());
      fields.put("name", action.name());
      fields.put("description", action.description());
      fields.put("schema", action.schema());
      offered.add(fields);
    }
    map.put("actions", offered);
    map.put("restarts", restarts);
    Map<String, @Nullable Object> rights = new LinkedHashMap<>();
    rights.put("declared", permissions);
    rights.put("enforced", List.of());
    rights.put("not_enforced", permissions);
    map.put("permissions", rights);
    map.put("warnings", texts(warnings));
    map.put("conflicts", texts(conflicts));
    return map;
  }

  private static List<Map<String, @Nullable Object>> texts(List<PluginWarning> warnings) {
    List<Map<String, @Nullable Object>> texts = new ArrayList<>();
    for (PluginWarning warning : warnings) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("code", warning.code());
      fields.put("message", warning.message());
      texts.add(fields);
    }
    return texts;
  }
}

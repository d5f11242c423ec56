package io.testmesh.server;

import io.testmesh.FlowTools;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.admin.Discovery;
import io.testmesh.plugin.admin.PluginRecord;
import io.testmesh.plugin.admin.PluginRegistry;
import io.testmesh.plugin.manifest.NearName;
import io.testmesh.plugin.manifest.PluginType;
import io.testmesh.plugin.registry.InstallRequest;
import io.testmesh.plugin.registry.OutputLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugin registry. What changes something leaves a line in the log. */
final class PluginRoutes {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final Logger AUDIT = LoggerFactory.getLogger("io.testmesh.server.audit");

  private final ServedPlugins plugins;
  private final PluginRegistry registry;
  private final FlowTools builtIn;
  private final Path workingFolder;

  /**
   * Routes to the registry of plugins.
   *
   * @param workingFolder what a relative source is relative to
   */
  PluginRoutes(ServedPlugins plugins, Path workingFolder) {
    this.plugins = plugins;
    this.registry = plugins.registry();
    this.builtIn = plugins.builtIn().tools();
    this.workingFolder = workingFolder;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/plugins", this::list),
        Route.of("GET", "/plugins/native", request -> Answer.json(200, NativeActions.of(builtIn))),
        Route.of("GET", "/plugins/types", request -> types()),
        Route.of("POST", "/plugins/install", this::install),
        Route.of("POST", "/plugins/discover", request -> discover()),
        Route.of("GET", "/plugins/{id}", request -> one(request.part("id"))),
        Route.of("DELETE", "/plugins/{id}", request -> uninstall(request.part("id"))),
        Route.of(
            "POST",
            "/plugins/{id}/enable",
            request -> changed("enable", request.part("id"), registry::enable)),
        Route.of(
            "POST",
            "/plugins/{id}/disable",
            request -> changed("disable", request.part("id"), registry::disable)),
        Route.of(
            "POST",
            "/plugins/{id}/restart",
            request -> changed("restart", request.part("id"), registry::restart)),
        Route.of("GET", "/plugins/{id}/logs", request -> logs(request.part("id"))));
  }

  private Answer list(Request request) throws RequestException {
    PluginType type = null;
    String wanted = request.query().get("type");
    if (wanted != null) {
      type = PluginType.of(wanted);
      if (type == null) {
        throw unknownType(wanted);
      }
    }
    return Answer.json(200, records(registry.list(type, request.flag("enabled"))));
  }

  private static RequestException unknownType(String wanted) {
    List<String> names = new ArrayList<>();
    for (PluginType type : PluginType.values()) {
      names.add(type.key());
    }
    String near = NearName.of(wanted, names);
    return RequestException.malformed(
        "there are no plugins of type \"" + wanted + "\"",
        near == null ? "there are " + String.join(", ", names) : "did you mean \"" + near + "\"?");
  }

  private static Map<String, @Nullable Object> records(List<PluginRecord> plugins) {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (PluginRecord plugin : plugins) {
      list.add(plugin.toMap());
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("plugins", list);
    answer.put("total", list.size());
    return answer;
  }

  private static Answer types() {
    List<Map<String, String>> types = new ArrayList<>();
    for (PluginType type : PluginType.values()) {
      Map<String, String> record = new LinkedHashMap<>();
      record.put("type", type.key());
      record.put("description", type.description());
      types.add(record);
    }
    return Answer.json(200, types);
  }

  private Answer install(Request request) throws IOException, RequestException {
    JsonBody body = request.json(MOST_BYTES).knows("source", "sha256", "force", "upgrade");
    String source = body.requiredText("source");
    if (source.startsWith("\\\\") || source.startsWith("//")) {
      // On Windows, to look at it sends the user's credentials to that host.
      throw new RequestException(
          422,
          "SOURCE_INVALID",
          "the source \"" + source + "\" lies on another machine",
          "copy it to this one first");
    }
    InstallRequest wish =
        new InstallRequest(
            source, workingFolder, body.flag("force"), body.flag("upgrade"), body.text("sha256"));
    try {
      PluginRecord plugin = registry.install(wish);
      AUDIT.info("installed {} from {}", plugin.id(), source);
      return Answer.json(201, plugin.toMap());
    } catch (PluginException e) {
      AUDIT.info("not installed from {}: {}", source, e.getMessage());
      throw PluginFailure.of(e);
    }
  }

  private Answer discover() throws RequestException, InterruptedException {
    plugins.awaitFirstStart("");
    try {
      Discovery found = registry.discover(true);
      Map<String, @Nullable Object> answer = records(found.plugins());
      answer.put("discovered", found.found().size());
      return Answer.json(200, answer);
    } catch (PluginException e) {
      throw PluginFailure.of(e);
    }
  }

  private Answer one(String id) throws RequestException {
    try {
      return Answer.json(200, registry.get(id).toMap());
    } catch (PluginException e) {
      throw PluginFailure.of(e);
    }
  }

  private interface Change {
    PluginRecord of(String id) throws PluginException;
  }

  /** One that does not start is answered with its record, which has the error. */
  private Answer changed(String what, String id, Change change)
      throws RequestException, InterruptedException {
    plugins.awaitFirstStart(id);
    try {
      PluginRecord plugin = change.of(id);
      boolean failed = plugin.enabled() && plugin.error() != null;
      AUDIT.info("{} {}: {}", what, id, failed ? plugin.code() : "done");
      return Answer.json(failed ? 500 : 200, plugin.toMap());
    } catch (PluginException e) {
      AUDIT.info("{} {}: {}", what, id, e.code());
      throw PluginFailure.of(e);
    }
  }

  private Answer uninstall(String id) throws RequestException, InterruptedException {
    plugins.awaitFirstStart(id);
    try {
      List<Path> left = registry.uninstall(id);
      AUDIT.info("uninstall {}: done", id);
      Map<String, @Nullable Object> answer = new LinkedHashMap<>();
      answer.put("message", "plugin \"" + id + "\" was removed");
      if (!left.isEmpty()) {
        List<String> paths = new ArrayList<>();
        left.forEach(path -> paths.add(path.toString()));
        answer.put("left", paths);
      }
      return Answer.json(200, answer);
    } catch (PluginException e) {
      AUDIT.info("uninstall {}: {}", id, e.code());
      throw PluginFailure.of(e);
    }
  }

  private Answer logs(String id) throws RequestException {
    try {
      List<Map<String, @Nullable Object>> lines = new ArrayList<>();
      for (OutputLine line : registry.logs(id)) {
        lines.add(line.toMap());
      }
      Map<String, @Nullable Object> answer = new LinkedHashMap<>();
      answer.put("lines", lines);
      return Answer.json(200, answer);
    } catch (PluginException e) {
      throw PluginFailure.of(e);
    }
  }
}

package io.testmesh.plugin;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.Deadline;
import io.testmesh.plugin.host.HostSettings;
import io.testmesh.plugin.host.PluginHost;
import io.testmesh.plugin.protocol.JsonBytes;
import io.testmesh.plugin.protocol.PluginClient;
import io.testmesh.plugin.registry.Installed;
import io.testmesh.plugin.registry.PluginFolder;
import io.testmesh.plugin.registry.PluginFolders;
import io.testmesh.spi.ActionSource.Offer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A plugin folder with plugins in it, and a host that runs them; closed at the end of a test. */
public final class Lab implements AutoCloseable {
  /** The folder of plugins. */
  public final Path plugins;

  /** The plugins in it. */
  public final PluginFolder folder;

  private final Map<String, String> environment = new HashMap<>(System.getenv());
  private final Map<String, Set<String>> granted = new HashMap<>();
  private final Set<String> builtIn;
  private Duration limit = Duration.ofSeconds(20);
  private PluginHost host;

  /** An empty plugin folder. */
  public Lab(Path folder, String... builtIn) {
    this.plugins = folder.resolve("plugins");
    this.builtIn = Set.of(builtIn);
    try {
      Files.createDirectories(plugins);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.folder = PluginFolders.open(plugins, () -> this.builtIn);
  }

  /** Sets an entry of the host's environment. */
  public Lab environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Lets a plugin see an entry of the environment. */
  public Lab grant(String id, String name) {
    granted.put(id, Set.of(name));
    return this;
  }

  /** Sets how long a plugin may take to get healthy. */
  public Lab startLimit(Duration most) {
    limit = most;
    return this;
  }

  /** Puts a copy of a published sample into the folder. */
  public Lab sample(String name) {
    Path from = Path.of("src/test/resources/plugins", name);
    try (Stream<Path> files = Files.list(from)) {
      Path to = Files.createDirectories(plugins.resolve(name));
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Puts a plugin into the folder that behaves as its modes say. */
  public Lab rogue(String id, String... modes) {
    manifest(id, Map.of());
    mode(id, modes);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    // Starts in two thirds of the time that it takes without the options.
    Path run =
        file(
            id,
            "run",
            "#!/bin/sh\nexec "
                + java
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp "
                + classes()
                + " "
                + Rogue.class.getName()
                + "\n");
    if (!run.toFile().setExecutable(true)) {
      throw new IllegalStateException("not made executable: " + run);
    }
    return this;
  }

  /** Where the class of the misbehaving plugin is. */
  public static Path classes() {
    return Path.of(Rogue.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /** Says anew how a plugin behaves. */
  public void mode(String id, String... modes) {
    write(plugins.resolve(id).resolve("mode.properties"), String.join("\n", modes));
  }

  /** Writes a manifest with further keys. */
  public Lab manifest(String id, Map<String, Object> more) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("id", id);
    manifest.put("name", id);
    manifest.put("version", "1.0.0");
    manifest.put("type", "action");
    manifest.put("entry_point", "run");
    manifest.putAll(more);
    file(
        id,
        io.testmesh.plugin.manifest.Manifest.FILE,
        new String(new JsonBytes().write(manifest), java.nio.charset.StandardCharsets.UTF_8));
    return this;
  }

  /** Writes a file of a plugin. */
  public Path file(String id, String name, String text) {
    Path file = plugins.resolve(id).resolve(name);
    write(file, text);
    return file;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The host, made at the first call. */
  public synchronized PluginHost host() {
    if (host == null) {
      host =
          PluginHost.open(
              folder,
              new HostSettings(
                  environment, granted, plugins.resolve(".testmesh"), () -> builtIn, limit));
    }
    return host;
  }

  /** A plugin in the folder. */
  public Installed installed(String id) {
    return folder.scan().stream()
        .filter(plugin -> plugin.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Starts what the actions need. */
  public Offer start(String... actions) throws InterruptedException {
    return host()
        .start(Set.of(actions), Deadline.after(Duration.ofSeconds(60)), PluginClient.NEVER);
  }

  /** Starts what an action needs, and fails when that did not work. */
  public ActionHandler started(String action) throws Exception {
    ActionHandler handler = start(action).handlers().get(action);
    if (handler == null) {
      throw new AssertionError("no handler for " + action);
    }
    handler.beforeFlow(new FakeFlow(), List.of());
    return handler;
  }

  /** Runs an action of a handler with a configuration, within 20 s. */
  public static ActionResult call(ActionHandler handler, Object... config)
      throws ActionException, InterruptedException {
    return handler.execute(new FakeContext(map(config)));
  }

  /** Runs an action on another thread; a failure is that of the future. */
  public static CompletableFuture<Map<String, Object>> later(
      ActionHandler handler, Object... config) {
    CompletableFuture<Map<String, Object>> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(call(handler, config).values());
              } catch (ActionException | InterruptedException e) {
                result.completeExceptionally(e);
              }
            });
    thread.start();
    return result;
  }

  /** A map of names and values. */
  public static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** What happened to a plugin, as it noted it. */
  public List<String> notes(String id, String start) {
    Path file = plugins.resolveSibling("notes-" + id + ".txt");
    List<String> notes = new ArrayList<>();
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        if (line.startsWith(start)) {
          notes.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return notes;
  }

  @Override
  public synchronized void close() {
    if (host != null) {
      host.close();
      String[] run = plugins.resolve(".testmesh/run").toFile().list();
      if (run != null && run.length > 0) {
        throw new AssertionError("processes are still written down: " + String.join(", ", run));
      }
    }
  }
}

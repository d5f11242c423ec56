package io.testmesh.plugin.admin;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.registry.OutputLine;
import io.testmesh.plugin.registry.RunningPlugins;
import io.testmesh.plugin.registry.RunningStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Runs nothing, notes what it was told, and fails where a test says so. */
final class ScriptedRunning implements RunningPlugins {
  final List<String> calls = new CopyOnWriteArrayList<>();
  final Set<String> running = ConcurrentHashMap.newKeySet();
  final Map<String, PluginException> failures = new ConcurrentHashMap<>();
  volatile Consumer<String> onStart = id -> {};

  @Override
  public RunningStatus status(String id) {
    PluginException failure = failures.get(id);
    if (running.contains(id)) {
      return new RunningStatus("ready", true, null, 4711L, 5555, null, 0, List.of(), List.of());
    }
    return failure == null
        ? RunningStatus.stopped()
        : new RunningStatus("failed", false, failure, null, null, null, 1, List.of(), List.of());
  }

  @Override
  public void start(String id) throws PluginException {
    calls.add("start " + id);
    onStart.accept(id);
    PluginException failure = failures.get(id);
    if (failure != null) {
      throw failure;
    }
    running.add(id);
  }

  @Override
  public void stop(String id) {
    calls.add("stop " + id);
    running.remove(id);
  }

  @Override
  public void restart(String id) throws PluginException {
    stop(id);
    start(id);
  }

  @Override
  public List<OutputLine> logs(String id) {
    return List.of(new OutputLine(Instant.EPOCH, "stdout", "hello from " + id));
  }
}

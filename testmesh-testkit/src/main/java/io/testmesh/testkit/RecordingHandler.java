package io.testmesh.testkit;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionDescriptor.ResultKey;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.action.FlowContext;
import io.testmesh.result.ActionSummary;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** Calls a handler, and notes which keys it reads and what it gives. Safe for several threads. */
final class RecordingHandler implements ActionHandler {
  private final ActionHandler handler;
  private final Set<String> read = new ConcurrentSkipListSet<>();
  private final Set<String> gave = new ConcurrentSkipListSet<>();
  private final Set<String> odd = new ConcurrentSkipListSet<>();

  RecordingHandler(ActionHandler handler) {
    this.handler = handler;
  }

  @Override
  public ActionDescriptor descriptor() {
    return handler.descriptor();
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    ActionResult result = handler.execute(new RecordingContext(context, read));
    for (Map.Entry<String, @Nullable Object> entry : result.values().entrySet()) {
      gave.add(entry.getKey());
      note(entry.getKey(), entry.getValue());
    }
    return result;
  }

  private void note(String key, @Nullable Object value) {
    for (ResultKey declared : handler.descriptor().results()) {
      if (declared.name().equals(key) && !fits(declared.type(), value)) {
        odd.add("the result's \"" + key + "\" is " + value + ", not " + declared.type().describe());
      }
    }
  }

  private static boolean fits(ConfigType type, @Nullable Object value) {
    if (value == null) {
      return true;
    }
    if (!(type instanceof ConfigType.Simple simple)) {
      return (!(type instanceof ConfigType.ListOf) || value instanceof List)
          && (!(type instanceof ConfigType.MapOf) || value instanceof Map);
    }
    return switch (simple) {
      case TEXT, FILE, DURATION -> value instanceof String;
      case INTEGER ->
          value instanceof Long || value instanceof Integer || value instanceof BigInteger;
      case NUMBER -> value instanceof Number;
      case BOOLEAN -> value instanceof Boolean;
      case ANY, EXPRESSION, ASSERTIONS, STEPS -> true;
    };
  }

  @Override
  public void check(ConfigCheck config) {
    handler.check(config);
  }

  @Override
  public Optional<Runnable> warmUp() {
    return handler.warmUp();
  }

  @Override
  public void beforeFlow(FlowContext flow, List<Map<String, @Nullable Object>> steps)
      throws ActionException, InterruptedException {
    handler.beforeFlow(flow, steps);
  }

  @Override
  public ActionSummary summarize(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    return handler.summarize(config, result);
  }

  /** How the descriptor and the calls so far differ, for people. */
  List<String> differences() {
    ActionDescriptor descriptor = handler.descriptor();
    List<String> found = new ArrayList<>();
    if (descriptor.description().isBlank()) {
      found.add("it has no description: describedAs(...)");
    }
    for (ConfigKey key : descriptor.keys()) {
      if (!read.contains(key.name())) {
        found.add("the key \"" + key.name() + "\" is declared, and no run read it");
      }
    }
    Set<String> given = new LinkedHashSet<>(gave);
    for (ResultKey key : descriptor.results()) {
      if (!given.remove(key.name())) {
        found.add("the result's \"" + key.name() + "\" is declared, and no run gave it");
      }
    }
    // A descriptor without result keys counts as open, said or not; one key more shows which.
    if (!descriptor.result("any", ConfigType.ANY, "").isResultOpen()) {
      for (String key : given) {
        found.add("the result's \"" + key + "\" is not declared: result(\"" + key + "\", ...)");
      }
    }
    found.addAll(odd);
    return found;
  }
}

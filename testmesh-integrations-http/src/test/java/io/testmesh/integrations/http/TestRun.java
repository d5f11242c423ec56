package io.testmesh.integrations.http;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.Deadline;
import io.testmesh.action.JsonFormat;
import io.testmesh.action.TraceContext;
import io.testmesh.engine.resource.OwnedResources;
import io.testmesh.engine.value.JsonText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Stands in for a runner with one flow: runs handlers, and closes what they made. */
public final class TestRun implements AutoCloseable {
  final OwnedResources runner = new OwnedResources();
  OwnedResources flow = new OwnedResources();
  final JsonFormat json = JsonText.SHARED;
  final List<String> logs = new CopyOnWriteArrayList<>();
  Set<String> assertedKeys = Set.of();
  Path folder = Path.of("").toAbsolutePath();
  Deadline deadline = Deadline.after(Duration.ofSeconds(30));
  @Nullable TraceContext trace;

  /** The result of one attempt. */
  public Map<String, @Nullable Object> run(ActionHandler handler, Map<String, ?> config)
      throws ActionException, InterruptedException {
    return run(handler, config, new TestCancellation());
  }

  Map<String, @Nullable Object> run(
      ActionHandler handler, Map<String, ?> config, TestCancellation cancellation)
      throws ActionException, InterruptedException {
    TestConfig checked = TestConfig.of(handler.descriptor(), new LinkedHashMap<>(config));
    return handler.execute(new TestContext(checked, this, cancellation)).values();
  }

  /** The result of an {@code http_request} with these keys and values. */
  Map<String, @Nullable Object> http(Object... keysAndValues)
      throws ActionException, InterruptedException {
    Map<String, Object> config = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      config.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return run(new HttpRequestAction(), config);
  }

  /** How an {@code http_request} with these keys and values fails. */
  ActionException httpFailure(Object... keysAndValues) {
    try {
      http(keysAndValues);
    } catch (ActionException e) {
      return e;
    } catch (InterruptedException e) {
      throw new AssertionError("was stopped", e);
    }
    throw new AssertionError("did not fail");
  }

  /** Ends the flow and begins the next one. */
  public void nextFlow() {
    flow.close();
    flow = new OwnedResources();
  }

  @Override
  public void close() {
    flow.close();
    runner.close();
  }
}

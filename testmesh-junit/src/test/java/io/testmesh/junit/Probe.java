package io.testmesh.junit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.AssertionFailedError;

/**
 * Runs a test class with the JUnit that it was loaded with, and tells in plain texts what happened.
 * Stands on the other side of a class loader, so only types of the JDK go in and out.
 */
public final class Probe implements Function<Map<String, String>, List<Map<String, String>>> {
  private final List<Map<String, String>> events = Collections.synchronizedList(new ArrayList<>());

  /** Called by name. */
  public Probe() {}

  @Override
  public List<Map<String, String>> apply(Map<String, String> request) {
    LauncherDiscoveryRequestBuilder builder = LauncherDiscoveryRequestBuilder.request();
    Map<String, String> parameters = new LinkedHashMap<>(request);
    String id = parameters.remove("uniqueId");
    String type = String.valueOf(parameters.remove("class"));
    builder.selectors(
        id == null ? DiscoverySelectors.selectClass(type) : DiscoverySelectors.selectUniqueId(id));
    builder.configurationParameters(parameters);
    LauncherFactory.create().execute(builder.build(), new Listener());
    return List.copyOf(events);
  }

  private final class Listener implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      Map<String, String> event = new LinkedHashMap<>();
      event.put("name", test.getDisplayName());
      event.put("id", test.getUniqueId());
      event.put("kind", test.isTest() ? "test" : "container");
      event.put("status", result.getStatus().name());
      event.put("source", test.getSource().map(Probe::words).orElse(""));
      result.getThrowable().ifPresent(thrown -> describe(thrown, event));
      events.add(Collections.unmodifiableMap(event));
    }
  }

  private static String words(TestSource source) {
    return source instanceof FileSource file
        ? file.getUri() + ":" + file.getPosition().map(place -> place.getLine()).orElse(0)
        : source.toString();
  }

  private static void describe(Throwable thrown, Map<String, String> event) {
    event.put("thrown", thrown.getClass().getName());
    event.put("message", String.valueOf(thrown.getMessage()));
    event.put("frame", thrown.getStackTrace().length == 0 ? "" : "" + thrown.getStackTrace()[0]);
    StringBuilder suppressed = new StringBuilder();
    for (Throwable other : thrown.getSuppressed()) {
      suppressed.append(other.getMessage());
    }
    event.put("suppressed", suppressed.toString());
    if (thrown instanceof AssertionFailedError failed && failed.isExpectedDefined()) {
      event.put("expected", text(failed.getExpected().getValue()));
      event.put("actual", text(failed.getActual().getValue()));
    }
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }
}

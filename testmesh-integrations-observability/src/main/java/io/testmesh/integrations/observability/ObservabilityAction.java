package io.testmesh.integrations.observability;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ConfigCheck;
import io.testmesh.integrations.common.JsonPreview;
import io.testmesh.result.ActionSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the actions have in common. Names no type of the HTTP client: looking at a descriptor does
 * not load it.
 */
abstract class ObservabilityAction implements ActionHandler {
  private static final int LONGEST_TARGET = 120;
  private static final int LONGEST_PREVIEW = 2_000;

  /** Kept, as it is asked for several times for each step that is checked. */
  private final ActionDescriptor descriptor;

  ObservabilityAction(ActionDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public final ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public void check(ConfigCheck config) {
    EndpointKeys.check(config, EndpointKeys.URL);
    for (String key : List.of("start", "end", "time")) {
      Times.check(config, config.value(key), key);
    }
    if (config.value("range") instanceof Map<?, ?> range) {
      Times.check(config, range.get("start"), "range", "start");
      Times.check(config, range.get("end"), "range", "end");
    }
  }

  @Override
  public Optional<Runnable> warmUp() {
    return Optional.of(Backend::warmUp);
  }

  @Override
  public ActionSummary summarize(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    Object query = config.get("query");
    String target = query == null ? "" : JsonPreview.line(query.toString(), LONGEST_TARGET);
    if (result.get("lines") instanceof List<?> lines && result.get("series") == null) {
      return new ActionSummary(
          target,
          lines.size() + (lines.size() == 1 ? " line" : " lines"),
          lines.isEmpty() ? null : JsonPreview.of(lines, LONGEST_PREVIEW));
    }
    if (result.get("series") instanceof List<?> series) {
      return new ActionSummary(
          target,
          "value " + JsonPreview.of(result.get("value"), LONGEST_TARGET),
          series.isEmpty() ? null : JsonPreview.of(series, LONGEST_PREVIEW));
    }
    return new ActionSummary(target, null, null);
  }
}

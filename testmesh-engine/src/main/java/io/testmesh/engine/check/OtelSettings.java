package io.testmesh.engine.check;

import io.testmesh.action.ActionHandler;
import io.testmesh.engine.catalogue.KnownActions;
import io.testmesh.engine.catalogue.MissingActions;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.value.NearNames;
import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceTree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a flow's {@code config.otel}, which is the business of the action {@code otel.inject}. */
final class OtelSettings {
  private static final String ACTION = "otel.inject";
  private static final String RECEIVER = "receiver";
  private static final List<String> TEXTS = List.of("endpoint", "service_name");
  private static final List<String> KEYS = List.of(RECEIVER, "endpoint", "service_name");
  private static final int LARGEST_PORT = 65_535;

  private final Flow flow;
  private final FlowTexts texts;
  private final KnownNames names;
  private final ProblemList problems;

  private OtelSettings(Flow flow, FlowTexts texts, KnownNames names, ProblemList problems) {
    this.flow = flow;
    this.texts = texts;
    this.names = names;
    this.problems = problems;
  }

  /** Adds the name of the receiver's address where there will be a receiver. */
  static void addNames(Flow flow, Map<String, @Nullable Object> preset, KnownNames names) {
    if (flow.settings().otel().containsKey(RECEIVER) || preset.containsKey(RECEIVER)) {
      names.add("OTEL_RECEIVER");
    }
  }

  /**
   * What prepares the flow for tracing; null when there is nothing to prepare, or it cannot be.
   *
   * @param preset what the runner says where the flow does not
   */
  static @Nullable ActionHandler check(
      Flow flow,
      Map<String, @Nullable Object> preset,
      KnownActions actions,
      FlowTexts texts,
      KnownNames names,
      ProblemList problems) {
    Map<String, @Nullable Object> written = flow.settings().otel();
    if (written.isEmpty() && preset.isEmpty()) {
      return null;
    }
    new OtelSettings(flow, texts, names, problems).check(written);
    ActionHandler handler = actions.find(ACTION).lookup().handler();
    if (handler == null) {
      SourceTree place = flow.source().at("config", "otel");
      problems.error(
          "unknown_action",
          "\"otel\" is the business of the action " + ACTION + ", which is not there",
          place,
          place.key(),
          MissingActions.explain(ACTION));
    }
    return handler;
  }

  private void check(Map<String, @Nullable Object> written) {
    for (Map.Entry<String, @Nullable Object> entry : written.entrySet()) {
      String key = entry.getKey();
      SourceTree place = flow.source().at("config", "otel", key);
      names.checkTexts(texts.free(entry.getValue(), place), null, problems);
      if (key.equals(RECEIVER)) {
        receiver(entry.getValue(), place);
      } else if (!KEYS.contains(key)) {
        problems.error(
            "unknown_key",
            "unknown key \"" + key + "\" in \"otel\"",
            place,
            place.key(),
            NearNames.hintOrNames(key, KEYS));
      } else if (TEXTS.contains(key) && !(entry.getValue() instanceof String)) {
        problems.error(
            "wrong_type",
            "\"" + key + "\" wants a text, got " + ConfigValues.shown(entry.getValue()),
            place,
            place.value(),
            null);
      }
    }
  }

  private void receiver(@Nullable Object value, SourceTree place) {
    if (value instanceof Map<?, ?> map && map.keySet().equals(Set.of("port"))) {
      Object port = map.get("port");
      boolean isOpen = port instanceof String text && TextTemplate.isDynamic(text);
      boolean isPort = port instanceof Long number && number >= 0 && number <= LARGEST_PORT;
      if (!isOpen && !isPort) {
        SourceTree at = place.at("port");
        problems.error(
            "invalid_value",
            "\"port\" wants a number from 0 to 65535, got " + ConfigValues.shown(port),
            at,
            at.value(),
            "0 takes any free port; ${OTEL_RECEIVER} is its address");
      }
      return;
    }
    problems.error(
        "wrong_type",
        "\"receiver\" wants a map with \"port\" alone, got " + ConfigValues.shown(value),
        place,
        place.value(),
        "write \"receiver: {port: 0}\": 0 takes any free port");
  }
}

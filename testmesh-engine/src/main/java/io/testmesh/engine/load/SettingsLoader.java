package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.flow.FlowSettings;
import io.testmesh.flow.Retry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the flow's {@code config}. */
final class SettingsLoader {
  static final List<String> KEYS =
      List.of(
          "timeout",
          "teardown_timeout",
          "step_timeout",
          "fail_fast",
          "retry",
          "faker",
          "connections",
          "otel",
          "secrets");
  static final List<String> FAKER_KEYS = List.of("seed", "locale");

  private final Problems problems;

  SettingsLoader(Problems problems) {
    this.problems = problems;
  }

  FlowSettings read(MapReader flow) {
    YamlMap map = flow.map("config", "a map");
    if (map == null) {
      return FlowSettings.DEFAULTS;
    }
    MapReader reader =
        new MapReader(
            problems, map, flow.subject().key("config"), problems.document().span(map), KEYS);
    FlowSettings.Builder settings = FlowSettings.builder();
    durations(reader, settings);
    Boolean failFast = reader.flag("fail_fast");
    if (failFast != null) {
      settings.failFast(failFast);
    }
    Retry retry = new RetryLoader(problems).read(reader);
    if (retry != null) {
      settings.retry(retry);
    }
    faker(reader, settings);
    settings.connections(connections(reader));
    YamlMap otel = reader.map("otel", "a map");
    if (otel != null) {
      settings.otel(otel.value());
    }
    return settings.secrets(reader.texts("secrets", "password")).build();
  }

  private static void durations(MapReader reader, FlowSettings.Builder settings) {
    Duration timeout = reader.duration("timeout");
    if (timeout != null) {
      settings.timeout(timeout);
    }
    Duration teardown = reader.duration("teardown_timeout");
    if (teardown != null) {
      settings.teardownTimeout(teardown);
    }
    Duration step = reader.duration("step_timeout");
    if (step != null) {
      settings.stepTimeout(step);
    }
  }

  private void faker(MapReader config, FlowSettings.Builder settings) {
    YamlMap map = config.map("faker", "a map with \"seed\" or \"locale\"");
    if (map == null) {
      return;
    }
    MapReader reader =
        new MapReader(
            problems,
            map,
            config.subject().key("faker"),
            problems.document().span(map),
            FAKER_KEYS);
    Long seed = reader.integer("seed");
    if (seed != null) {
      settings.seed(seed);
    }
    String locale = reader.name("locale");
    if (locale != null) {
      settings.locale(locale);
    }
  }

  private Map<String, Map<String, @Nullable Object>> connections(MapReader config) {
    Map<String, Map<String, @Nullable Object>> connections = new LinkedHashMap<>();
    YamlMap map = config.map("connections", "a map of names and their connection keys");
    if (map != null) {
      for (YamlMap.Entry entry : map.entries()) {
        if (entry.value() instanceof YamlMap keys) {
          connections.put(entry.key(), keys.value());
        } else {
          problems.wrongType(entry, "a map of connection keys", null);
        }
      }
    }
    return connections;
  }
}

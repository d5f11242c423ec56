package io.testmesh.engine.schema;

import io.testmesh.engine.load.FlowKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Schemas of a flow's {@code config}, its rows, and what steps share with them. */
final class SettingsSchema {
  private SettingsSchema() {}

  static Keywords of() {
    Map<String, Keywords> faker = new LinkedHashMap<>();
    faker.put("seed", Keywords.of("integer").says("Repeats the made-up data."));
    faker.put("locale", Keywords.of("string").says("The language of the made-up data: en, de."));
    Map<String, Keywords> keys = new LinkedHashMap<>();
    keys.put("timeout", duration("The limit of the whole flow."));
    keys.put(
        "teardown_timeout", duration("The limit of the teardown phase.").with("default", "60s"));
    keys.put("step_timeout", duration("The limit of one attempt.").with("default", "30s"));
    keys.put(
        "fail_fast",
        Keywords.of("boolean")
            .says("false: the next steps run although one failed.")
            .with("default", true));
    keys.put("retry", Keywords.ref("retry").says("How steps repeat failed attempts."));
    keys.put("faker", Keywords.object(FlowKeys.faker(), faker).says("Made-up data."));
    keys.put(
        "connections",
        Keywords.mapOf(Keywords.of("object"))
            .says("Connections by name, with the keys that their actions take."));
    keys.put("otel", otel());
    keys.put(
        "secrets",
        Keywords.listOf(Keywords.text("\\S")).says("Variables whose values are masked."));
    return Keywords.object(FlowKeys.settings(), keys);
  }

  private static Keywords otel() {
    Map<String, Keywords> receiver = new LinkedHashMap<>();
    receiver.put("port", Keywords.any().says("Where it listens; 0 for any free port."));
    Map<String, Keywords> keys = new LinkedHashMap<>();
    keys.put(
        "receiver",
        Keywords.object(List.of("port"), receiver)
            .says("The runner's own receiver of spans; ${OTEL_RECEIVER} is its address."));
    keys.put(
        "endpoint",
        Keywords.of("string").says("The collector that runs are exported to as spans."));
    keys.put(
        "service_name", Keywords.of("string").says("The service that they are shown as there."));
    return Keywords.object(List.copyOf(keys.keySet()), keys).says("Tracing.");
  }

  static Keywords retry() {
    Map<String, Keywords> keys = new LinkedHashMap<>();
    keys.put(
        "max_attempts",
        Keywords.of("integer")
            .with("minimum", 1L)
            .with("maximum", (long) FlowKeys.MOST_ATTEMPTS)
            .says("How often the step is tried at most."));
    keys.put("delay", Keywords.ref("pause").says("The first pause.").with("default", "1s"));
    keys.put("backoff", Keywords.choice(FlowKeys.backoffs()).says("How the pauses grow."));
    keys.put("max_delay", Keywords.ref("pause").says("The longest pause.").with("default", "30s"));
    keys.put("retry_on", conditions("Repeats only failures that fit one of these."));
    keys.put("retry_on_not", conditions("Does not repeat failures that fit one of these."));
    return Keywords.object(FlowKeys.retry(), keys).required("max_attempts");
  }

  private static Keywords conditions(String description) {
    return Keywords.listOf(Keywords.of("string"))
        .with("minItems", 1L)
        .says(description + " Expressions, timeout, connection_error or assertion.");
  }

  static Keywords dataSource() {
    Map<String, Keywords> keys = new LinkedHashMap<>();
    keys.put("type", Keywords.choice(FlowKeys.dataSourceTypes()).says("Where the rows are."));
    keys.put("file", Keywords.text("\\S").says("The file, relative to this one."));
    keys.put(
        "rows",
        Keywords.listOf(Keywords.of("object")).says("The rows: maps with the same columns."));
    Keywords inline =
        Keywords.any()
            .with("properties", Map.of("type", Map.of("const", "inline")))
            .required("type");
    return Keywords.object(FlowKeys.dataSource(), keys)
        .required("type")
        .says("Runs the flow once for each row.")
        .with("if", inline.map())
        .with("then", Keywords.any().required("rows").map())
        .with("else", Keywords.any().required("file").map());
  }

  /** A duration longer than nothing; placeholders are not possible where it stands. */
  static Keywords duration(String description) {
    return pause().with("exclusiveMinimum", 0L).says(description);
  }

  /** A duration. */
  static Keywords pause() {
    return Keywords.of("string", "number")
        .with("pattern", TypeSchema.DURATION)
        .with("patternErrorMessage", "wants a duration such as 30s or 250ms")
        .with("minimum", 0L);
  }
}

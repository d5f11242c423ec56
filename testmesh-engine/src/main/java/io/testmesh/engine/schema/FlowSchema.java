package io.testmesh.engine.schema;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigKey;
import io.testmesh.engine.check.PollingChecker;
import io.testmesh.engine.load.FlowKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (2020-12) of flow files. Its rules are those of the loader and the checker as far
 * as a schema can say them; the keys are the loader's own.
 */
public final class FlowSchema {
  private static final String NAMED_TEXT = "\\S";

  private final List<ActionDescriptor> actions;

  private FlowSchema(List<ActionDescriptor> actions) {
    this.actions = actions;
  }

  /** The schema of flows that use these actions and no others; a JSON-like map. */
  public static Map<String, @Nullable Object> of(List<ActionDescriptor> actions) {
    return new FlowSchema(actions).root();
  }

  private Map<String, @Nullable Object> root() {
    Keywords wrapped = Keywords.object(Map.of("flow", Keywords.ref("flow"))).required("flow");
    return Keywords.any()
        .with("$schema", "https://json-schema.org/draft/2020-12/schema")
        .with("title", "TestMesh flow")
        .says("A test, written as a flow.")
        .with("type", "object")
        // Beside "if", so that editors offer the key in an empty file.
        .with("properties", Map.of("flow", Keywords.any().says("The flow.").map()))
        .with("if", Keywords.any().required("flow").map())
        .with("then", wrapped.map())
        .with("else", Keywords.ref("flow").map())
        .with("$defs", definitions())
        .map();
  }

  private Map<String, Object> definitions() {
    Map<String, Object> definitions = new LinkedHashMap<>();
    definitions.put("flow", flow().map());
    definitions.put("settings", SettingsSchema.of().map());
    definitions.put("steps", Keywords.listOf(Keywords.ref("step")).map());
    definitions.put("step", step().map());
    definitions.put("assertions", assertions().map());
    definitions.put("retry", SettingsSchema.retry().map());
    definitions.put("reaction", Keywords.choice(FlowKeys.reactions()).map());
    definitions.put("pause", SettingsSchema.pause().map());
    for (ActionDescriptor action : actions) {
      definitions.put(config(action), actionConfig(action).map());
    }
    return definitions;
  }

  private static Keywords flow() {
    Map<String, Keywords> keys = new LinkedHashMap<>();
    keys.put("name", name("The name, shown everywhere."));
    keys.put("description", text("What the flow is about."));
    keys.put("version", Keywords.of("string", "number").says("The flow's version."));
    keys.put("suite", text("The suite's name, a label."));
    keys.put("author", text("Who wrote it, a label."));
    keys.put("tags", tags("Labels for selection: --tags smoke,!slow."));
    keys.put("env_file", name("A dotenv file, relative to this one."));
    keys.put("env", Keywords.of("object").says("The flow's variables: names and values."));
    keys.put("config", Keywords.ref("settings").says("Limits, secrets and other settings."));
    keys.put("inputs", inputs());
    keys.put("data_source", SettingsSchema.dataSource());
    keys.put("setup", Keywords.ref("steps").says("Steps that prepare; the first failure stops."));
    keys.put(
        "steps",
        Keywords.listOf(Keywords.ref("step")).with("minItems", 1L).says("The steps of the test."));
    keys.put("teardown", Keywords.ref("steps").says("Steps that clean up; they always run."));
    return Keywords.object(FlowKeys.flow(), keys).required("name", "steps");
  }

  private static Keywords inputs() {
    Map<String, Keywords> keys = new LinkedHashMap<>();
    keys.put("default", Keywords.any().says("The value when none is given."));
    keys.put("required", Keywords.of("boolean").says("Whether a value must be given."));
    keys.put("description", text("What it is for."));
    Keywords declaration = Keywords.object(FlowKeys.input(), keys);
    Keywords isDeclaration =
        Keywords.of("object").with("anyOf", Keywords.maps(eachRequired(FlowKeys.input())));
    Keywords input = Keywords.any().with("if", isDeclaration.map()).with("then", declaration.map());
    return Keywords.mapOf(input)
        .says("Values from outside: a default each, or {default, required, description}.");
  }

  private static List<Keywords> eachRequired(List<String> keys) {
    List<Keywords> choices = new ArrayList<>();
    for (String key : keys) {
      choices.add(Keywords.any().required(key));
    }
    return choices;
  }

  private Keywords step() {
    Map<String, Keywords> keys = new LinkedHashMap<>();
    keys.put(
        "id",
        Keywords.text("^[A-Za-z][A-Za-z0-9_-]{0,63}$")
            .says("The name for references, unique in the flow."));
    keys.put("name", name("The name for people; may hold placeholders."));
    keys.put("description", text("What the step is about."));
    keys.put("tags", tags("Labels."));
    keys.put("action", action());
    keys.put("config", Keywords.of("object").says("The action's configuration."));
    keys.put("when", condition("The step runs only if this expression is true."));
    keys.put("assert", Keywords.ref("assertions").says("Expressions that must all hold."));
    keys.put("assert_any", Keywords.ref("assertions").says("At least one of these must hold."));
    keys.put("assert_none", Keywords.ref("assertions").says("None of these may hold."));
    keys.put("output", outputs("Values to keep: names and paths or expressions."));
    keys.put("save", outputs("The same as output.").with("doNotSuggest", true));
    keys.put("timeout", duration("The limit of one attempt."));
    keys.put("retry", Keywords.ref("retry").says("Repeats failed attempts."));
    keys.put("within", duration("Repeats the step until its assertions hold or the time is up."));
    keys.put("every", duration("The pause between the looks of within.").with("default", "500ms"));
    keys.put("on_error", onError());
    keys.put("error_steps", Keywords.ref("steps").says("Steps that run when this one failed."));
    keys.put("disabled", Keywords.of("boolean").says("true: the step is skipped."));
    Keywords step = Keywords.object(FlowKeys.step(), keys).required("action");
    List<Keywords> rules = new ArrayList<>();
    for (ActionDescriptor action : actions) {
      rules.add(ifAction(action));
    }
    for (String[] pair : new String[][] {{"retry", "within"}, {"output", "save"}}) {
      rules.add(Keywords.any().with("not", Keywords.any().required(pair).map()));
    }
    return step.with("dependentRequired", Map.of("every", List.of("within")))
        .with("allOf", Keywords.maps(rules));
  }

  private Keywords action() {
    List<String> names = new ArrayList<>();
    List<String> descriptions = new ArrayList<>();
    for (ActionDescriptor action : actions) {
      names.add(action.id());
      descriptions.add(action.description());
    }
    return Keywords.choice(names)
        .with("enumDescriptions", descriptions)
        .says("What the step does.");
  }

  private static Keywords ifAction(ActionDescriptor action) {
    Map<String, Object> is = Map.of("action", Map.of("const", action.id()));
    Keywords condition = Keywords.any().with("properties", is).required("action");
    Map<String, Object> config = Map.of("config", Keywords.ref(config(action)).map());
    Keywords then = Keywords.any().with("properties", config);
    for (ConfigKey key : action.keys()) {
      if (key.isRequired()) {
        then.required("config");
      }
    }
    return Keywords.any().with("if", condition.map()).with("then", then.map());
  }

  private static String config(ActionDescriptor action) {
    return "config." + action.id();
  }

  private static Keywords actionConfig(ActionDescriptor action) {
    List<ConfigKey> keys = new ArrayList<>(action.keys());
    if (action.isPolling()) {
      keys.addAll(PollingChecker.KEYS);
    }
    return TypeSchema.object(keys).says(action.description());
  }

  private static Keywords assertions() {
    Map<String, Keywords> keys = new LinkedHashMap<>();
    keys.put("expression", condition("The expression."));
    keys.put("message", text("What is said when it does not hold; may hold placeholders."));
    Keywords longForm = Keywords.object(FlowKeys.assertion(), keys).required("expression");
    Keywords item = Keywords.anyOf(Keywords.of("string", "boolean"), longForm);
    return Keywords.listOf(item).with("minItems", 1L);
  }

  private static Keywords outputs(String description) {
    Map<String, Keywords> keys = new LinkedHashMap<>();
    keys.put("path", text("The path or expression."));
    keys.put("default", Keywords.any().says("The value when nothing is found."));
    Keywords longForm = Keywords.object(FlowKeys.output(), keys).required("path");
    return Keywords.mapOf(Keywords.anyOf(Keywords.of("string"), longForm)).says(description);
  }

  private static Keywords onError() {
    Map<String, Keywords> keys = new LinkedHashMap<>();
    keys.put("action", Keywords.ref("reaction").says("What a failure means."));
    keys.put("on_timeout", Keywords.ref("reaction").says("What a time-out means."));
    keys.put("error_steps", Keywords.ref("steps").says("Steps that run when this one failed."));
    return Keywords.anyOf(Keywords.ref("reaction"), Keywords.object(FlowKeys.onError(), keys))
        .says("What a failure of the step means for the flow.")
        .with("default", "fail");
  }

  private static Keywords condition(String description) {
    return Keywords.of("string", "boolean").says(description);
  }

  private static Keywords duration(String description) {
    return SettingsSchema.duration(description);
  }

  private static Keywords text(String description) {
    return Keywords.of("string").says(description);
  }

  private static Keywords name(String description) {
    return Keywords.text(NAMED_TEXT).with("maxLength", 255L).says(description);
  }

  private static Keywords tags(String description) {
    return Keywords.listOf(Keywords.text(NAMED_TEXT)).says(description);
  }
}

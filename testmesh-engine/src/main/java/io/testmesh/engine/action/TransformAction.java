package io.testmesh.engine.action;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code transform}: makes new values out of others. */
public final class TransformAction implements ActionHandler {
  private static final String NOTHING = "there is nothing to do: no transforms, no operations";
  private static final String ADD = "add \"transforms: {name: path or expression}\"";

  private final ActionDescriptor descriptor =
      ActionDescriptor.of("transform")
          .describedAs(
              "Makes new values out of others. Paths and expressions look into \"input\"; every name"
                  + " becomes a key of the result.")
          .optional("input", ConfigType.ANY, "What paths and expressions look into first")
          .optional(
              "transforms",
              ConfigType.mapOf(ConfigType.EXPRESSION),
              "For each name a path, an expression, or a number or boolean")
          .optional(
              "operations",
              ConfigType.listOf(
                  ConfigType.object(
                      ConfigKey.required(
                              "type",
                              ConfigType.choice("extract", "map", "filter", "join", "format"),
                              "What is done")
                          .alias("operation"),
                      ConfigKey.required("save_as", ConfigType.TEXT, "The name of the value"),
                      ConfigKey.optional(
                              "path", ConfigType.EXPRESSION, "extract, map, filter, join: of what")
                          .alias("source"),
                      ConfigKey.optional(
                              "expression",
                              ConfigType.EXPRESSION,
                              "map, filter: over item and index")
                          .alias("condition"),
                      ConfigKey.optional("separator", ConfigType.TEXT, ",", "join: between items"),
                      ConfigKey.optional("template", ConfigType.TEXT, "format: the text"))),
              "Steps that are done in order; each sees the values of those before it")
          .openResult()
          .expressionsOver("input")
          .example(
              "- id: shape\n  action: transform\n  config:\n    input: ${get.body}\n"
                  + "    transforms: {first: \"$.users[0].name\", count: len(users)}\n");

  /** For the service loader. */
  public TransformAction() {}

  @Override
  public ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public void check(ConfigCheck config) {
    boolean nothing =
        config.value("transforms") instanceof Map<?, ?> map
            ? map.isEmpty()
            : !config.has("transforms");
    if (config.value("operations") instanceof List<?> operations) {
      for (Object operation : operations) {
        checkOperation(operation, config);
      }
      nothing &= operations.isEmpty();
    } else {
      nothing &= !config.has("operations");
    }
    if (nothing) {
      config.reject("transforms", NOTHING, ADD);
    }
  }

  private static void checkOperation(@Nullable Object written, ConfigCheck config) {
    if (written instanceof Map<?, ?> operation && config.isFixed(operation.get("type"))) {
      try {
        String type = String.valueOf(operation.get("type"));
        for (String key : needed(type)) {
          require(operation, key, type);
        }
      } catch (ActionException e) {
        config.reject("operations", String.valueOf(e.getMessage()), null);
      }
    }
  }

  private static List<String> needed(String type) {
    return switch (type) {
      case "format" -> List.of("template");
      case "map", "filter" -> List.of("path", "expression");
      default -> List.of("path");
    };
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException {
    Object input = context.config().value("input");
    Map<String, @Nullable Object> names = AssertAction.namesOf(context, "input");
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    for (String name : context.config().map("transforms").keySet()) {
      made.put(
          name, context.evaluate(context.config().expression("transforms", name), names, input));
    }
    names.putAll(made);
    List<@Nullable Object> operations = context.config().list("operations");
    for (int i = 0; i < operations.size(); i++) {
      if (operations.get(i) instanceof Map<?, ?> operation) {
        String name = String.valueOf(operation.get("save_as"));
        Object value = operate(context, operation, i, names, input);
        made.put(name, value);
        names.put(name, value);
      }
    }
    if (made.isEmpty()) {
      throw new ActionException(ActionException.INVALID_VALUE, NOTHING).hint(ADD);
    }
    return ActionResult.of(made);
  }

  private static @Nullable Object operate(
      ActionContext context,
      Map<?, ?> operation,
      int index,
      Map<String, @Nullable Object> names,
      @Nullable Object input)
      throws ActionException {
    String type = String.valueOf(operation.get("type"));
    if (type.equals("format")) {
      return require(operation, "template", type);
    }
    require(operation, "path", type);
    Object source =
        context.evaluate(context.config().expression("operations", index, "path"), names, input);
    if (type.equals("extract")) {
      return source;
    }
    if (!(source instanceof List<?> items)) {
      throw new ActionException(
          ActionException.INVALID_VALUE,
          "\"" + type + "\" wants a list, and " + operation.get("path") + " is none");
    }
    if (type.equals("join")) {
      return join(context, items, String.valueOf(operation.get("separator")));
    }
    require(operation, "expression", type);
    return overItems(context, items, index, names, type.equals("filter"));
  }

  private static String join(ActionContext context, List<?> items, String separator) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      text.append(i == 0 ? "" : separator)
          .append(item instanceof String ? item : context.json().render(item));
    }
    return text.toString();
  }

  private static List<@Nullable Object> overItems(
      ActionContext context,
      List<?> items,
      int index,
      Map<String, @Nullable Object> names,
      boolean filter)
      throws ActionException {
    List<@Nullable Object> results = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      Map<String, @Nullable Object> inner = new LinkedHashMap<>(names);
      inner.putAll(AssertAction.namesOf("item", item));
      inner.put("index", (long) i);
      Object value =
          context.evaluate(
              context.config().expression("operations", index, "expression"), inner, item);
      if (!filter) {
        results.add(value);
      } else if (Boolean.TRUE.equals(value)) {
        results.add(item);
      } else if (!Boolean.FALSE.equals(value)) {
        throw new ActionException(
            ActionException.INVALID_VALUE,
            "\"filter\" wants true or false for each item, and got "
                + context.json().render(value));
      }
    }
    return results;
  }

  private static Object require(Map<?, ?> operation, String key, String type)
      throws ActionException {
    Object value = operation.get(key);
    if (value == null) {
      throw new ActionException(
          ActionException.INVALID_VALUE, "\"" + type + "\" needs \"" + key + "\"");
    }
    return value;
  }
}

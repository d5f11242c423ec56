package io.testmesh.engine.action;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import io.testmesh.result.AssertionResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code assert}: checks variables, earlier results and data without calling anything. */
public final class AssertAction implements ActionHandler {
  private final ActionDescriptor descriptor =
      ActionDescriptor.of("assert")
          .describedAs("Checks variables, earlier results and data without calling anything.")
          .required("assertions", ConfigType.ASSERTIONS, "All of these have to hold")
          .optional(
              "data",
              ConfigType.ANY,
              "What the assertions see first: a map's keys, and $ for paths")
          .result("passed", ConfigType.BOOLEAN, "Whether all of them hold")
          .result("assertions_count", ConfigType.INTEGER, "How many there were")
          .expressionsOver("data")
          .example("- action: assert\n  config:\n    assertions: [\"total == 3 * price\"]\n");

  /** For the service loader. */
  public AssertAction() {}

  @Override
  public ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public ActionResult execute(ActionContext context) {
    Object data = context.config().value("data");
    List<AssertionResult> results =
        context.check(context.config().assertions("assertions"), namesOf(context, "data"), data);
    boolean passed = true;
    for (AssertionResult result : results) {
      passed &= result.passed();
    }
    return ActionResult.of("passed", passed).with("assertions_count", (long) results.size());
  }

  /** The names that expressions over the value of a key see; none when the key is not there. */
  static Map<String, @Nullable Object> namesOf(ActionContext context, String key) {
    return context.config().has(key)
        ? namesOf(key, context.config().value(key))
        : new LinkedHashMap<>();
  }

  /** The names that expressions over a value see: the value's own, and those of a map's keys. */
  static Map<String, @Nullable Object> namesOf(String key, @Nullable Object value) {
    Map<String, @Nullable Object> names = new LinkedHashMap<>();
    names.put(key, value);
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        names.put(String.valueOf(entry.getKey()), entry.getValue());
      }
    }
    return names;
  }
}

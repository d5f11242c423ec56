package io.testmesh.engine.action;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import io.testmesh.result.Level;

/** {@code log}: writes a line into the step's record. */
public final class LogAction implements ActionHandler {
  private final ActionDescriptor descriptor =
      ActionDescriptor.of("log")
          .describedAs("Writes a line into the step's record.")
          .required("message", ConfigType.TEXT, "The line")
          .optional(
              "level",
              ConfigType.choice("debug", "info", "warn", "error"),
              "info",
              "How important it is")
          .optional("data", ConfigType.ANY, "Values that are recorded with the step")
          .result("message", ConfigType.TEXT, "The line")
          .result("level", ConfigType.TEXT, "How important it is")
          .example("- action: log\n  config: {message: \"order ${order_id} is placed\"}\n");

  /** For the service loader. */
  public LogAction() {}

  @Override
  public ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public ActionResult execute(ActionContext context) {
    String message = context.config().text("message");
    String level = context.config().text("level");
    context.log(level(level), message);
    return ActionResult.of("message", message).with("level", level);
  }

  private static Level level(String key) {
    for (Level level : Level.values()) {
      if (level.key().equals(key)) {
        return level;
      }
    }
    throw new IllegalArgumentException("not a level: " + key);
  }
}

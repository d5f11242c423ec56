package org.example.greet;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;
import io.testmesh.result.Level;

// docs: action
public final class GreetAction implements ActionHandler {
  @Override
  public ActionDescriptor descriptor() {
    return ActionDescriptor.of("greet.hello")
        .describedAs("Greets someone.")
        .required("name", ConfigType.TEXT, "Who is greeted")
        .optional("times", ConfigType.INTEGER, 1, "How often")
        .result("greeting", ConfigType.TEXT, "The greeting");
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException {
    String name = context.config().text("name");
    if (name.isBlank()) {
      throw new ActionException("greet_nobody", "there is nobody to greet")
          .hint("give \"name\" a text")
          .at("name");
    }
    context.log(Level.INFO, "greeting " + name);
    String greeting = "Hello, " + name + "!";
    return ActionResult.of("greeting", greeting.repeat((int) context.config().integer("times")));
  }
}
// docs: end

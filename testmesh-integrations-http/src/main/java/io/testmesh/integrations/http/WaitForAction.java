package io.testmesh.integrations.http;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import io.testmesh.result.ActionSummary;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The action {@code wait_for}. Names no type of the HTTP client: looking at the descriptor does not
 * load it.
 */
public final class WaitForAction implements ActionHandler {
  /** For {@link java.util.ServiceLoader}. */
  public WaitForAction() {}

  @Override
  public ActionDescriptor descriptor() {
    return ActionDescriptor.of("wait_for")
        .describedAs(
            "Waits until a server answers: over HTTP with the status and body that are wanted, or"
                + " over TCP at all.")
        .required("type", ConfigType.choice("http", "tcp"), "What to look at")
        .optional("url", ConfigType.TEXT, "With http: the absolute URL")
        .optional("method", ConfigType.TEXT, "With http: the method; GET if it is left out")
        .optional("headers", ConfigType.MAP, "With http: headers; a list sends one several times")
        .optional("status_code", ConfigType.INTEGER, "With http: the status; 200 if it is left out")
        .optional("body_contains", ConfigType.TEXT, "With http: a text that the body has in it")
        .optional(
            "json_path",
            ConfigType.EXPRESSION,
            "With http: a path or expression over the body, such as $.status; something is there")
        .optional("json_value", ConfigType.ANY, "With json_path: the value that it has to give")
        .optional("host", ConfigType.TEXT, "With tcp: the host")
        .optional("port", ConfigType.INTEGER, "With tcp: the port")
        .optional("timeout", ConfigType.DURATION, "30s", "How long to wait")
        .optional("interval", ConfigType.DURATION, "1s", "The pause between two looks")
        .optional("max_attempts", ConfigType.INTEGER, "How often to look at most")
        // What the body holds is not known before the run.
        .expressionsOver("type")
        .result("success", ConfigType.BOOLEAN, "Whether it came in time")
        .result("attempts", ConfigType.INTEGER, "How often it was looked at")
        .result("duration_ms", ConfigType.INTEGER, "How long it took")
        .result(
            "last_result",
            ConfigType.MAP,
            "What was seen last: status_code, body, json_value, address, connected, error")
        .example(
            """
            - action: wait_for
              config:
                type: http
                url: http://localhost:8080/health
                timeout: 20s
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    if (config.isFixed(config.value("type"))) {
      WaitForCheck.faults(config::has, String.valueOf(config.value("type")))
          .forEach((key, message) -> config.reject(key, message, null));
    }
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return new WaitForStep(context).run();
  }

  @Override
  public ActionSummary summarize(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    Object url = config.get("url");
    String target =
        url == null
            ? config.get("host") + ":" + config.get("port")
            : Methods.of(config.getOrDefault("method", "GET")) + " " + url;
    Object attempts = result.get("attempts");
    return new ActionSummary(target, attempts == null ? null : attempts + " attempts", null);
  }
}

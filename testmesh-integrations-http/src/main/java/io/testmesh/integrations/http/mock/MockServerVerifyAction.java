package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import java.util.List;

/** The action {@code mock_server_verify}. */
public final class MockServerVerifyAction implements ActionHandler {
  private static final int MOST_LINES = 20;
  private static final String ALONE = "\"count\" stands alone, without \"min\" and \"max\"";

  /** For {@link java.util.ServiceLoader}. */
  public MockServerVerifyAction() {}

  @Override
  public ActionDescriptor descriptor() {
    return MockKeys.results(
            ActionDescriptor.of("mock_server_verify")
                .describedAs(
                    "Checks which requests a mock server has seen: at least one that fits, unless"
                        + " count, min or max says otherwise.")
                .key(MockKeys.name())
                .optional("method", ConfigType.TEXT, "The method; any if left out")
                .optional("path", ConfigType.TEXT, "The path, as of an endpoint; any if left out")
                .key(MockKeys.match())
                .optional("count", ConfigType.INTEGER, "How many requests fit")
                .optional("min", ConfigType.INTEGER, "How many fit at least")
                .optional("max", ConfigType.INTEGER, "How many fit at most")
                .example(
                    """
                    - action: mock_server_verify
                      config: {method: POST, path: /orders, count: 1}
                    """))
        .result("count", ConfigType.INTEGER, "How many requests fit");
  }

  @Override
  public void check(ConfigCheck config) {
    if (config.has("count") && (config.has("min") || config.has("max"))) {
      config.reject("count", ALONE, null);
    }
    MockKeys.checkPath(config, "path", config.value("path"));
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    MockServer server = MockServers.named(context);
    Matcher matcher =
        new Matcher(config.value("method"), config.value("path"), config.value("match"));
    boolean exactly = config.value("count") != null;
    boolean atLeast = config.value("min") != null;
    boolean atMost = config.value("max") != null;
    if (exactly && (atLeast || atMost)) {
      throw new ActionException(ActionException.INVALID_VALUE, ALONE);
    }
    long min = exactly ? config.integer("count") : atLeast ? config.integer("min") : atMost ? 0 : 1;
    long max = exactly ? config.integer("count") : atMost ? config.integer("max") : Long.MAX_VALUE;
    int count = server.count(matcher);
    ActionResult result = server.result().with("count", (long) count);
    if (count < min || count > max) {
      throw new ActionException(
              "assertion_failed",
              "the mock server \""
                  + config.text("name")
                  + "\" has seen "
                  + count
                  + " of "
                  + matcher
                  + ", expected "
                  + expectation(min, max)
                  + "; "
                  + seen(server))
          .detail("count", (long) count)
          .result(result);
    }
    return result;
  }

  private static String expectation(long min, long max) {
    if (min == max) {
      return Long.toString(min);
    }
    if (max == Long.MAX_VALUE) {
      return "at least " + min;
    }
    return min == 0 ? "at most " + max : min + " to " + max;
  }

  private static String seen(MockServer server) {
    List<String> lines = server.lines(MOST_LINES);
    return lines.isEmpty() ? "no request came" : "it saw " + String.join(", ", lines);
  }
}

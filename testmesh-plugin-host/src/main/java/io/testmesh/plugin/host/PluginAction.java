package io.testmesh.plugin.host;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.action.FlowContext;
import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.NearName;
import io.testmesh.plugin.manifest.PluginWarning;
import io.testmesh.plugin.protocol.ExecuteAnswer;
import io.testmesh.plugin.protocol.JsonBytes;
import io.testmesh.plugin.protocol.PluginRequest;
import io.testmesh.plugin.registry.KeptInfo;
import io.testmesh.result.Level;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An action of a plugin, as flows see it. Safe for use by several threads. */
final class PluginAction implements ActionHandler {
  private static final int NAMES_IN_A_HINT = 10;

  private final PluginRuntime plugin;
  private final String action;
  private final Map<String, @Nullable Object> schema;
  private final Map<String, @Nullable Object> defaults;
  private final List<PluginWarning> warnings;
  private final @Nullable PluginException refusal;
  private final JsonBytes json;
  private final ActionDescriptor descriptor;
  private final Compiled compiled;

  /**
   * An action.
   *
   * @param known what the plugin says about it; without schema when nothing is known
   * @param defaults the configuration of the manifest
   * @param refusal why the plugin does not serve, or null
   */
  PluginAction(
      PluginRuntime plugin,
      KeptInfo.Action known,
      Map<String, @Nullable Object> defaults,
      List<PluginWarning> warnings,
      @Nullable PluginException refusal,
      JsonBytes json) {
    this.plugin = plugin;
    this.action = known.id();
    this.schema = known.schema();
    this.defaults = defaults;
    this.warnings = warnings;
    this.refusal = refusal;
    this.json = json;
    this.descriptor = describe(known);
    this.compiled = new Compiled(action, known.schema());
  }

  private ActionDescriptor describe(KeptInfo.Action known) {
    ActionDescriptor described = ActionDescriptor.of(action).openConfig();
    String text = known.description().isEmpty() ? known.name() : known.description();
    if (!text.isEmpty()) {
      described = described.describedAs(text);
    }
    Set<Object> required = new LinkedHashSet<>();
    if (schema.get("required") instanceof List<?> names) {
      required.addAll(names);
    }
    required.removeAll(defaults.keySet());
    for (Map.Entry<String, @Nullable Object> property : properties().entrySet()) {
      String name = property.getKey();
      Map<String, @Nullable Object> type =
          property.getValue() instanceof Map<?, ?> map ? Json.texts(map) : Map.of();
      String words = type.get("description") instanceof String given ? given : "";
      ConfigType wanted = type.isEmpty() ? ConfigType.ANY : ConfigType.schema(type);
      described =
          required.contains(name)
              ? described.key(ConfigKey.required(name, wanted, words))
              : described.key(ConfigKey.optional(name, wanted, words));
    }
    return described;
  }

  private Map<String, @Nullable Object> properties() {
    return schema.get("properties") instanceof Map<?, ?> map ? Json.texts(map) : Map.of();
  }

  @Override
  public ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public void check(ConfigCheck config) {
    ConfigSchema usable = compiled.schema();
    if (usable != null) {
      for (ConfigFault fault :
          usable.faults(Json.merge(defaults, config.values()), config::isFixed)) {
        config.reject(fault.path(), fault.message(), null);
      }
    }
  }

  @Override
  public void beforeFlow(FlowContext flow, List<Map<String, @Nullable Object>> steps)
      throws ActionException {
    if (refusal != null) {
      throw exception(refusal).unrunnable();
    }
    for (PluginWarning warning : warnings) {
      flow.warn("plugin_" + warning.code().toLowerCase(Locale.ROOT), warning.message());
    }
    String unusable = compiled.problem();
    if (unusable != null) {
      flow.warn(
          "plugin_info_invalid",
          "the schema of the action \"" + action + "\" is not used: " + unusable);
    }
    warnOfUnknownKeys(flow, steps);
  }

  private void warnOfUnknownKeys(FlowContext flow, List<Map<String, @Nullable Object>> steps) {
    Set<String> known = properties().keySet();
    if (known.isEmpty() || schema.containsKey("patternProperties")) {
      return;
    }
    Set<String> said = new LinkedHashSet<>();
    for (Map<String, @Nullable Object> step : steps) {
      for (String key : step.keySet()) {
        if (!known.contains(key) && !defaults.containsKey(key) && said.add(key)) {
          flow.warn("plugin_unknown_key", unknownKey(key, known));
        }
      }
    }
  }

  private String unknownKey(String key, Set<String> known) {
    String near = NearName.of(key, known);
    String cure =
        near != null
            ? "; did you mean \"" + near + "\"?"
            : known.size() <= NAMES_IN_A_HINT ? "; it names " + String.join(", ", known) : "";
    return "the schema of the action \""
        + action
        + "\" does not name the key \""
        + key
        + "\", which is sent all the same"
        + cure;
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    Map<String, @Nullable Object> config = Json.merge(defaults, context.config().values());
    refuseFaults(config);
    ExecuteAnswer answer;
    try {
      PluginRequest request = ExecuteRequest.of(action, config, context, json);
      answer = PluginCalls.execute(plugin, request, context.deadline(), context.cancellation());
    } catch (PluginException e) {
      throw exception(e);
    }
    record(answer, context);
    ExecuteAnswer.Failure failure = answer.failure();
    if (failure != null) {
      throw failed(failure, answer);
    }
    return ActionResult.of(answer.output());
  }

  private void refuseFaults(Map<String, @Nullable Object> config) throws ActionException {
    ConfigSchema usable = compiled.schema();
    if (usable == null) {
      return;
    }
    List<ConfigFault> faults = usable.faults(config, value -> true);
    if (!faults.isEmpty()) {
      ConfigFault first = faults.get(0);
      String pointer = ConfigSchema.pointer(first.path());
      throw new ActionException(
              "plugin_config_invalid",
              "the configuration "
                  + (pointer.isEmpty() ? "" : "at " + pointer + " ")
                  + "is not valid: "
                  + first.message()
                  + (faults.size() > 1 ? " (and " + (faults.size() - 1) + " more)" : ""))
          .detail("pointer", pointer)
          .hint("nothing was sent to the plugin");
    }
  }

  private static void record(ExecuteAnswer answer, ActionContext context) {
    for (ExecuteAnswer.Log log : answer.logs()) {
      Instant time = log.time();
      context.log(log.level(), log.message(), time == null ? Instant.now() : time);
    }
    for (String oddity : answer.oddities()) {
      context.log(Level.WARN, oddity);
    }
    answer.metrics().forEach(context::metric);
  }

  private ActionException failed(ExecuteAnswer.Failure failure, ExecuteAnswer answer) {
    String code = failure.code() == null ? "" : failure.code();
    String message = failure.message() == null ? "" : failure.message();
    ActionException exception =
        new ActionException(
            code.isBlank() ? "plugin_failed" : code,
            "plugin \""
                + plugin.id()
                + "\" answered"
                + (code.isBlank() ? " that the action failed" : " " + code)
                + (message.isBlank()
                    ? " without saying why" + plugin.tailWords()
                    : ": " + message));
    failure.details().forEach(exception::detail);
    return exception.result(ActionResult.of(answer.output()));
  }

  /** As a failure of the step; the time-out of a call is that of the step. */
  private static ActionException exception(PluginException e) {
    String code = e.code().equals("EXEC_TIMEOUT") ? ActionException.TIMEOUT : e.reportCode();
    ActionException exception = new ActionException(code, String.valueOf(e.getMessage()), e);
    e.hint().ifPresent(exception::hint);
    e.details().forEach(exception::detail);
    return exception;
  }

  /** The schema, compiled when it is needed first: that loads the validator. */
  private static final class Compiled {
    private final String action;
    private final Map<String, @Nullable Object> source;
    private @Nullable ConfigSchema schema;
    private @Nullable String problem;
    private boolean done;

    Compiled(String action, Map<String, @Nullable Object> source) {
      this.action = action;
      this.source = source;
      this.done = source.isEmpty();
    }

    synchronized @Nullable ConfigSchema schema() {
      if (!done) {
        done = true;
        try {
          schema = ConfigSchema.of(action, source);
        } catch (IllegalArgumentException e) {
          problem = e.getMessage();
        }
      }
      return schema;
    }

    synchronized @Nullable String problem() {
      schema();
      return problem;
    }
  }
}

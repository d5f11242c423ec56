package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionConfig.CheckedExpression;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.JsonPreview;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells which messages a step wants, and why it does not want the others. Belongs to one step. */
final class Matcher {
  private static final int LONGEST_VALUE = 80;
  private static final String UNDEFINED = "undefined_variable";

  private final ActionContext context;
  private final @Nullable String key;
  private final Map<?, ?> headers;
  private final List<CheckedExpression> paths = new ArrayList<>();
  private final @Nullable CheckedExpression where;

  /**
   * The conditions of a step.
   *
   * @param name the configuration's key that holds them
   */
  Matcher(ActionContext context, String name) {
    this.context = context;
    Map<String, @Nullable Object> match = context.config().map(name);
    Object wanted = match.get("key");
    key = wanted == null ? null : wanted.toString();
    headers = match.get("headers") instanceof Map<?, ?> map ? map : Map.of();
    if (match.get("json_path") instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        paths.add(context.config().expression(name, "json_path", i));
      }
    }
    where = match.get("where") == null ? null : context.config().expression(name, "where");
  }

  /** Whether every message will do. */
  boolean isOpen() {
    return key == null && headers.isEmpty() && paths.isEmpty() && where == null;
  }

  /**
   * Why a message is not wanted; empty when it is.
   *
   * @throws ActionException when a condition is wrong by itself, whatever the message
   */
  List<String> faults(Map<String, @Nullable Object> message) throws ActionException {
    List<String> faults = new ArrayList<>();
    if (key != null && !key.equals(message.get("key"))) {
      faults.add("key is " + shown(message.get("key")) + ", not " + shown(key));
    }
    Map<?, ?> found = (Map<?, ?>) message.get("headers");
    for (Map.Entry<?, ?> header : headers.entrySet()) {
      Object value = found == null ? null : found.get(header.getKey());
      String wanted = String.valueOf(header.getValue());
      boolean holds = value instanceof List<?> all ? all.contains(wanted) : wanted.equals(value);
      if (!holds) {
        faults.add(
            "header "
                + header.getKey()
                + (value == null
                    ? " is missing"
                    : " is " + shown(value) + ", not " + shown(wanted)));
      }
    }
    for (CheckedExpression path : paths) {
      pathFault(path, message, faults);
    }
    if (where != null) {
      whereFault(where, message, faults);
    }
    return faults;
  }

  private void pathFault(
      CheckedExpression path, Map<String, @Nullable Object> message, List<String> faults) {
    Object document = message.get("value");
    if (!(document instanceof Map || document instanceof List)) {
      faults.add(path.source() + ": the value is no JSON document");
      return;
    }
    try {
      Object found = context.evaluate(path, message, document);
      if (found == null || found instanceof List<?> list && list.isEmpty()) {
        faults.add(path.source() + " finds " + (found == null ? "null" : "nothing"));
      }
    } catch (ActionException e) {
      faults.add(path.source() + " finds nothing");
    }
  }

  private void whereFault(
      CheckedExpression condition, Map<String, @Nullable Object> message, List<String> faults)
      throws ActionException {
    Object holds;
    try {
      holds = context.evaluate(condition, message, message.get("value"));
    } catch (ActionException e) {
      if (e.code().equals(UNDEFINED)) {
        throw e;
      }
      faults.add(condition.source() + ": " + e.getMessage());
      return;
    }
    if (!(holds instanceof Boolean)) {
      throw new ActionException(
              "expression_failed",
              "\"where\" gives " + shown(holds) + ", where true or false is wanted")
          .hint("compare it with something: " + condition.source() + " == …");
    }
    if (Boolean.FALSE.equals(holds)) {
      faults.add(condition.source() + " does not hold");
    }
  }

  private static String shown(@Nullable Object value) {
    return JsonPreview.of(value, LONGEST_VALUE);
  }
}

package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionConfig.CheckedExpression;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.JsonPreview;
import io.testmesh.result.AssertionResult;
import io.testmesh.result.ObservedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells which messages a step wants, and why it does not want the others. Belongs to one step. */
final class Matcher {
  private static final int LONGEST_VALUE = 80;

  /** Telling the parts of a condition apart takes time, and the first ones say enough. */
  private static final int MOST_EXPLAINED = 10_000;

  private static final String UNDEFINED = "undefined_variable";

  private final ActionContext context;
  private final @Nullable String key;
  private final Map<?, ?> headers;
  private final List<CheckedExpression> paths = new ArrayList<>();
  private final @Nullable CheckedExpression where;
  private int explained;

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

  /**
   * How many conditions a message does not meet; 0 when it is wanted. The parts of {@code where}
   * count each.
   *
   * @throws ActionException when a condition is wrong by itself, whatever the message
   */
  int unmet(Map<String, @Nullable Object> message) throws ActionException {
    int unmet = key == null || key.equals(message.get("key")) ? 0 : 1;
    for (Map.Entry<?, ?> header : headers.entrySet()) {
      unmet += hasHeader(message, header) ? 0 : 1;
    }
    for (CheckedExpression path : paths) {
      unmet += pathFault(path, message) == null ? 0 : 1;
    }
    if (where != null && !holds(where, message)) {
      int parts = explained++ < MOST_EXPLAINED ? unmetParts(where, message).size() : 1;
      // Looked at alone, and later, each part may hold.
      unmet += Math.max(1, parts);
    }
    return unmet;
  }

  /** Why a message is not wanted, a line for each condition that it does not meet. */
  List<String> faults(Map<String, @Nullable Object> message) {
    List<String> faults = new ArrayList<>();
    if (key != null && !key.equals(message.get("key"))) {
      faults.add("key is " + shown(message.get("key")) + ", not " + shown(key));
    }
    for (Map.Entry<?, ?> header : headers.entrySet()) {
      if (!hasHeader(message, header)) {
        Object value = header(message, header.getKey());
        String found =
            value == null
                ? " is missing"
                : " is " + shown(value) + ", not " + shown(String.valueOf(header.getValue()));
        faults.add("header " + header.getKey() + found);
      }
    }
    for (CheckedExpression path : paths) {
      String fault = pathFault(path, message);
      if (fault != null) {
        faults.add(fault);
      }
    }
    if (where != null) {
      for (AssertionResult part : unmetParts(where, message)) {
        faults.add(words(part));
      }
    }
    return faults;
  }

  private static @Nullable Object header(Map<String, @Nullable Object> message, Object name) {
    return message.get("headers") instanceof Map<?, ?> found ? found.get(name) : null;
  }

  private static boolean hasHeader(Map<String, @Nullable Object> message, Map.Entry<?, ?> wanted) {
    Object value = header(message, wanted.getKey());
    String text = String.valueOf(wanted.getValue());
    return value instanceof List<?> all ? all.contains(text) : text.equals(value);
  }

  private @Nullable String pathFault(
      CheckedExpression path, Map<String, @Nullable Object> message) {
    Object document = message.get("value");
    if (!(document instanceof Map || document instanceof List)) {
      return path.source() + ": the value is no JSON document";
    }
    try {
      Object found = context.evaluate(path, message, document);
      boolean isNothing = found == null || found instanceof List<?> list && list.isEmpty();
      return isNothing ? path.source() + " finds " + (found == null ? "null" : "nothing") : null;
    } catch (ActionException e) {
      return path.source() + " finds nothing";
    }
  }

  private boolean holds(CheckedExpression condition, Map<String, @Nullable Object> message)
      throws ActionException {
    Object holds;
    try {
      holds = context.evaluate(condition, message, message.get("value"));
    } catch (ActionException e) {
      if (e.code().equals(UNDEFINED)) {
        throw e;
      }
      // It needs something that this message does not have.
      return false;
    }
    if (holds instanceof Boolean isMet) {
      return isMet;
    }
    throw new ActionException(
            "expression_failed",
            "\"where\" gives " + shown(holds) + ", where true or false is wanted")
        .hint("compare it with something: " + condition.source() + " == …");
  }

  private List<AssertionResult> unmetParts(
      CheckedExpression condition, Map<String, @Nullable Object> message) {
    List<AssertionResult> unmet =
        new ArrayList<>(context.explain(condition, message, message.get("value")));
    unmet.removeIf(AssertionResult::passed);
    return unmet;
  }

  private static String words(AssertionResult part) {
    StringBuilder words = new StringBuilder(part.expression()).append(" does not hold");
    if (part.problem() != null) {
      return words.append(": ").append(part.problem()).toString();
    }
    String separator = ": ";
    for (ObservedValue value : part.values()) {
      words.append(separator).append(value.expression()).append(" is ");
      words.append(shown(value.value()));
      separator = ", ";
    }
    return words.toString();
  }

  /** A text in quotes, so that it is not taken for a number. */
  private static String shown(@Nullable Object value) {
    String shown = JsonPreview.of(value, LONGEST_VALUE);
    return value instanceof String ? "\"" + shown + "\"" : shown;
  }
}

package io.testmesh.plugin.protocol;

import io.testmesh.plugin.PluginException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of one plugin: tolerant in what does no harm, and never taking for a success
 * what does not say so. Safe for use by several threads.
 */
public final class AnswerReader {
  private static final int LONGEST_CODE = 100;
  private static final int LONGEST_MESSAGE = 8 * 1024;

  private final String plugin;
  private final JsonBytes json;

  /** A reader of the plugin's answers. */
  public AnswerReader(String plugin, JsonBytes json) {
    this.plugin = plugin;
    this.json = json;
  }

  /** Why the answer to {@code /health} does not say that the plugin is healthy, or null. */
  public @Nullable String whyUnhealthy(PluginReply reply) {
    String answered = "/health answered with status " + reply.status() + ": " + reply.excerpt();
    if (!reply.isSuccess()) {
      return answered;
    }
    try {
      boolean healthy =
          json.read(reply.body()) instanceof Map<?, ?> answer
              && "healthy".equals(answer.get("status"));
      return healthy ? null : answered;
    } catch (JsonBytes.Fault e) {
      return answered;
    }
  }

  /** The document in an answer to {@code /info}. */
  public Map<String, @Nullable Object> info(PluginReply reply) throws PluginException {
    if (!reply.isSuccess()) {
      throw new PluginException(
          "INFO_INVALID",
          "/info answered with status " + reply.status() + ": " + reply.excerpt(),
          null);
    }
    Object document = document(reply, "/info");
    if (document instanceof Map<?, ?> map) {
      return texts(map);
    }
    throw new PluginException("INFO_INVALID", "/info answered with no JSON object", null);
  }

  @SuppressWarnings("unchecked") // the reader makes maps with texts as keys alone
  private static Map<String, @Nullable Object> texts(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }

  /** What an answer to {@code /execute} says. */
  public ExecuteAnswer execute(PluginReply reply) throws PluginException {
    int status = reply.status();
    if (status >= 300 && status < 400) {
      throw failure(
          "REDIRECT",
          "answered with status " + status + ", a redirect, which is never followed",
          "let it answer the request itself");
    }
    if (status == 204 || status == 205 || reply.body().length == 0 && reply.isSuccess()) {
      throw failure(
          "PROTOCOL",
          "answered with status " + status + " and no body",
          "an answer is {\"success\": true, \"output\": {…}}");
    }
    Map<String, @Nullable Object> envelope = envelope(reply);
    Object success = envelope.get("success");
    if (Boolean.TRUE.equals(success)) {
      if (!reply.isSuccess()) {
        throw failure(
            "PROTOCOL",
            "answered with status " + status + " and yet with \"success\": true",
            "a success has a status from 200 to 299");
      }
    } else if (!Boolean.FALSE.equals(success)) {
      String found =
          envelope.containsKey("success")
              ? "has \"success\": " + shown(success) + ", which is neither true nor false"
              : "has no \"success\"";
      throw failure(
          "PROTOCOL",
          "gave an answer that " + found + ": " + reply.excerpt(),
          "an answer has \"success\": true or false");
    }
    return answer(envelope, Boolean.TRUE.equals(success));
  }

  private String shown(@Nullable Object value) {
    return PluginReply.excerpt(json.write(value), 0);
  }

  /** The object in the body; a status of failure with anything else is said as such. */
  private Map<String, @Nullable Object> envelope(PluginReply reply) throws PluginException {
    boolean failed = !reply.isSuccess();
    if (reply.isHtml()) {
      throw failed
          ? httpFailure(reply, "a page of HTML: " + reply.excerpt())
          : failure(
              "PROTOCOL",
              "answered with a page of HTML, not with JSON: " + reply.excerpt(),
              "an answer is {\"success\": true, \"output\": {…}}");
    }
    Object document;
    try {
      document = document(reply, "/execute");
    } catch (PluginException e) {
      throw failed ? httpFailure(reply, reply.excerpt()) : e;
    }
    if (!(document instanceof Map<?, ?> envelope)) {
      throw failed
          ? httpFailure(reply, reply.excerpt())
          : failure(
              "PROTOCOL",
              "gave an answer that is no JSON object: " + reply.excerpt(),
              "an answer is {\"success\": true, \"output\": {…}}");
    }
    if (failed && !envelope.containsKey("success")) {
      Object error = envelope.get("error");
      throw httpFailure(reply, error instanceof String text ? Plain.line(text) : reply.excerpt());
    }
    return texts(envelope);
  }

  private PluginException httpFailure(PluginReply reply, String found) {
    String retry = reply.header("retry-after");
    PluginException failure =
        failure(
            "EXEC_HTTP",
            "answered with status "
                + reply.status()
                + (found.isEmpty() ? " and no body" : ": " + Plain.cut(found, 500)),
            reply.status() == 404
                ? "does it serve POST /execute?"
                : retry.isEmpty() ? null : "it asks to try again after " + Plain.line(retry));
    failure.detail("status", (long) reply.status());
    if (reply.status() == 429 || reply.status() == 503) {
      failure.detail("retryable", true);
    }
    return failure;
  }

  private @Nullable Object document(PluginReply reply, String path) throws PluginException {
    String charset = charset(reply.header("content-type"));
    if (!charset.isEmpty() && !charset.equals("utf-8") && !charset.equals("us-ascii")) {
      throw failure(
          "INVALID_JSON",
          "sent its answer to " + path + " in " + Plain.cut(charset, 50) + ", not in UTF-8",
          "send UTF-8");
    }
    try {
      return json.read(reply.body());
    } catch (JsonBytes.Fault e) {
      int from = Math.max(0, e.offset() - 40);
      String end =
          reply.missingBytes() > 0
              ? "; the connection ended before the announced end of the answer"
              : "";
      throw failure(
              "INVALID_JSON",
              "sent an answer to "
                  + path
                  + " that is not JSON, at byte "
                  + e.offset()
                  + ": "
                  + e.getMessage()
                  + end
                  + "; there it has: "
                  + PluginReply.excerpt(reply.body(), from),
              e.hint())
          .detail("offset", (long) e.offset());
    }
  }

  private static String charset(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("charset=");
    if (at < 0) {
      return "";
    }
    String name = lower.substring(at + "charset=".length());
    int end = name.indexOf(';');
    return (end < 0 ? name : name.substring(0, end)).replace("\"", "").strip();
  }

  private ExecuteAnswer answer(Map<String, @Nullable Object> envelope, boolean success)
      throws PluginException {
    List<String> oddities = new ArrayList<>();
    Object output = envelope.get("output");
    Map<String, @Nullable Object> values = Map.of();
    if (output instanceof Map<?, ?> map) {
      values = texts(map);
    } else if (output != null && success) {
      throw failure(
          "OUTPUT_NOT_OBJECT",
          "gave the output " + shown(output) + ", which is no object",
          "return an object, such as {\"result\": …}");
    } else if (output != null) {
      oddities.add("the output of the failed action is no object and is left out");
    }
    Object error = envelope.get("error");
    if (success && error != null) {
      oddities.add("the answer says success and has an error all the same: " + shown(error));
    }
    return new ExecuteAnswer(
        values,
        success ? null : failure(error),
        LogReader.logs(envelope.get("logs"), oddities),
        LogReader.metrics(envelope.get("metrics"), oddities),
        oddities);
  }

  private ExecuteAnswer.Failure failure(@Nullable Object error) {
    if (!(error instanceof Map<?, ?> map)) {
      String message = error == null ? null : text(error, LONGEST_MESSAGE);
      return new ExecuteAnswer.Failure(null, message, Map.of());
    }
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    Object more = map.get("details");
    if (more instanceof Map<?, ?> entries) {
      details.putAll(texts(entries));
    } else if (more != null) {
      details.put("details", more);
    }
    Object retryable = map.get("retryable");
    if (retryable instanceof Boolean) {
      details.put("retryable", retryable);
    }
    Object code = map.get("code");
    Object message = map.get("message");
    return new ExecuteAnswer.Failure(
        code == null ? null : text(code, LONGEST_CODE),
        message == null ? null : text(message, LONGEST_MESSAGE),
        details);
  }

  private String text(Object value, int most) {
    String text = value instanceof String given ? given : shown(value);
    return Plain.cut(Plain.line(text), most);
  }

  private PluginException failure(String code, String what, @Nullable String hint) {
    return new PluginException(code, "plugin \"" + plugin + "\" " + what, hint);
  }
}

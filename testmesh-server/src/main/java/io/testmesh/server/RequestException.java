package io.testmesh.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that is refused, with what the caller is told. */
final class RequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final @Nullable String hint;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private final transient Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  RequestException(int status, String code, String message, @Nullable String hint) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }

  static RequestException malformed(String message, @Nullable String hint) {
    return new RequestException(400, "MALFORMED_REQUEST", message, hint);
  }

  static RequestException notFound(String message, @Nullable String hint) {
    return new RequestException(404, "NOT_FOUND", message, hint);
  }

  /** Adds a header of the answer. */
  RequestException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Adds a field beside the error. */
  RequestException field(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  Answer answer() {
    Map<String, @Nullable Object> body = error(code, String.valueOf(getMessage()), hint);
    body.putAll(fields);
    return Answer.json(status, headers, body);
  }

  /** The form of every error: {@code {error, code, hint?}}. */
  static Map<String, @Nullable Object> error(String code, String message, @Nullable String hint) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("error", message);
    body.put("code", code);
    if (hint != null) {
      body.put("hint", hint);
    }
    return body;
  }
}

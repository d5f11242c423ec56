package io.testmesh.plugin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something about a plugin did not work. The message names the plugin and what happened, the hint
 * the cure.
 *
 * @since 0.1
 */
public class PluginException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final @Nullable String hint;
  private final transient Map<String, @Nullable Object> details = new LinkedHashMap<>();

  /** A failure with its code in capitals, such as {@code START_EXITED}. */
  public PluginException(String code, String message, @Nullable String hint) {
    this(code, message, hint, null);
  }

  /** A failure with its code in capitals and what caused it. */
  public PluginException(
      String code, String message, @Nullable String hint, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.code = Objects.requireNonNull(code, "code");
    this.hint = hint;
  }

  /** Adds something for reports, JSON-like. */
  public PluginException detail(String key, @Nullable Object value) {
    details.put(key, value);
    return this;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The code as REST gives it, in capitals. */
  public String code() {
    return code;
  }

  /** The code as reports give it: {@code plugin_start_exited}. */
  public String reportCode() {
    String lower = code.toLowerCase(Locale.ROOT);
    return lower.startsWith("plugin_") ? lower : "plugin_" + lower;
  }

  /** The cure. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** More for reports. */
  public Map<String, @Nullable Object> details() {
    return Collections.unmodifiableMap(details);
  }
}

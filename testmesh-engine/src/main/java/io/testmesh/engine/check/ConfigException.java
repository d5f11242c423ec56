package io.testmesh.engine.check;

import io.testmesh.engine.scope.Masking;
import io.testmesh.flow.SourceTree;
import org.jspecify.annotations.Nullable;

/** A value that placeholders gave does not fit the action's descriptor. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final @Nullable String hint;
  private final transient SourceTree place;

  private ConfigException(String code, String message, @Nullable String hint, SourceTree place) {
    super(message, null, false, false);
    this.code = code;
    this.hint = hint;
    this.place = place;
  }

  /** The stable code. */
  public String code() {
    return code;
  }

  /** What to do about it, or null. */
  public @Nullable String hint() {
    return hint;
  }

  /** The value's place. */
  public SourceTree place() {
    return place;
  }

  /** Keeps the first problem: one is enough for a step that fails. */
  static final class Collector implements ConfigValues.Report {
    private final Masking masking;
    private @Nullable ConfigException first;

    Collector(Masking masking) {
      this.masking = masking;
    }

    @Override
    public void secret(@Nullable Object value) {
      masking.add(value);
    }

    @Override
    public void problem(
        String code, String message, @Nullable String hint, SourceTree place, boolean atKey) {
      if (first == null) {
        first = new ConfigException(code, message, hint, place);
      }
    }

    boolean isEmpty() {
      return first == null;
    }

    void throwIfAny() throws ConfigException {
      if (first != null) {
        throw first;
      }
    }
  }
}

package io.testmesh.engine.check;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.scope.Masking;
import io.testmesh.engine.template.TemplateException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * That a step is repeated until its assertions hold, and for how long. Immutable.
 *
 * @param config what the configuration of a polling action says; null when the step itself says it
 * @param preset the times where the configuration says none
 */
public record Polling(@Nullable CompiledConfig config, Times preset) {
  private static final Duration DEFAULT_EVERY = Duration.ofMillis(500);

  /**
   * The times of a run.
   *
   * @param within how long the assertions may take to hold; null when they have to hold at once
   * @param every the pause between two looks
   * @param hold how long they have to go on holding; null when once is enough
   */
  public record Times(@Nullable Duration within, Duration every, @Nullable Duration hold) {}

  /** With the times that a step says beside its assertions. */
  static Polling of(Duration within, @Nullable Duration every) {
    return new Polling(null, new Times(within, every == null ? DEFAULT_EVERY : every, null));
  }

  /** With the times that a configuration says, and how long it is looked when it says none. */
  static Polling of(CompiledConfig config, @Nullable Duration within) {
    return new Polling(config, new Times(within, DEFAULT_EVERY, null));
  }

  /**
   * The times, their placeholders filled in.
   *
   * @throws TemplateException when a placeholder has no value
   * @throws ConfigException when a value is no duration
   */
  public Times times(Environment environment, Masking masking)
      throws TemplateException, ConfigException {
    if (config == null) {
      return preset;
    }
    RenderedConfig rendered = config.render(environment, masking);
    Duration hold = rendered.optionalDuration("for").orElse(null);
    Duration within = rendered.optionalDuration("within").orElse(null);
    return new Times(
        within == null && hold == null ? preset.within : within,
        rendered.optionalDuration("every").orElse(preset.every),
        hold);
  }
}

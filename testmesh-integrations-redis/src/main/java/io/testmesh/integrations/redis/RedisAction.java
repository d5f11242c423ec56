package io.testmesh.integrations.redis;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ConfigCheck;
import io.testmesh.integrations.common.JsonPreview;
import io.testmesh.result.ActionSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the actions have in common. Names no type of the client: looking at a descriptor does not
 * load it.
 */
abstract class RedisAction implements ActionHandler {
  private static final int LONGEST_PREVIEW = 2000;
  private static final int LONGEST_ARGUMENT = 60;
  private static final int LONGEST_TARGET = 120;

  private final String word;

  /** Kept, as it is asked for several times for each step that is checked. */
  private final ActionDescriptor descriptor;

  /**
   * An action.
   *
   * @param word what it does, for people, such as {@code GET}
   */
  RedisAction(String word, ActionDescriptor descriptor) {
    this.word = word;
    this.descriptor = descriptor;
  }

  @Override
  public final ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public void check(ConfigCheck config) {
    RedisKeys.check(config);
  }

  @Override
  public Optional<Runnable> warmUp() {
    return Optional.of(RedisSteps::warmUp);
  }

  @Override
  public ActionSummary summarize(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    String target = target(config);
    if (result.isEmpty()) {
      return new ActionSummary(target, null, null);
    }
    Object type = result.get("type");
    Object shown = result.containsKey("value") ? result.get("value") : result.get("result");
    String headline = type == null ? null : "none".equals(type) ? "no such key" : "a " + type;
    return new ActionSummary(target, headline, shown == null ? null : text(shown));
  }

  private String target(Map<String, @Nullable Object> config) {
    Object command = config.get("command");
    if (command == null) {
      Object key = config.containsKey("key") ? config.get("key") : config.get("keys");
      return word + " " + JsonPreview.of(key, LONGEST_ARGUMENT);
    }
    StringBuilder target = new StringBuilder(command.toString());
    if (config.get("args") instanceof List<?> args) {
      for (Object argument : args) {
        target.append(' ').append(JsonPreview.of(argument, LONGEST_ARGUMENT));
        if (target.length() > LONGEST_TARGET) {
          return target.append(" …").toString();
        }
      }
    }
    return target.toString();
  }

  private static String text(@Nullable Object value) {
    return JsonPreview.of(value, LONGEST_PREVIEW);
  }
}

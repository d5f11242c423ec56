package io.testmesh.integrations.kafka;

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
abstract class KafkaAction implements ActionHandler {
  private static final int LONGEST_PREVIEW = 2000;

  private final String word;

  /** Kept, as it is asked for several times for each step that is checked. */
  private volatile @Nullable ActionDescriptor descriptor;

  /**
   * An action.
   *
   * @param word what it does, for people
   */
  KafkaAction(String word) {
    this.word = word;
  }

  /** What the action is, made once. */
  abstract ActionDescriptor describe();

  @Override
  public final ActionDescriptor descriptor() {
    ActionDescriptor known = descriptor;
    if (known == null) {
      known = describe();
      descriptor = known;
    }
    return known;
  }

  @Override
  public void check(ConfigCheck config) {
    KafkaKeys.check(config);
  }

  @Override
  public Optional<Runnable> warmUp() {
    return Optional.of(KafkaSteps::warmUp);
  }

  @Override
  public ActionSummary summarize(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    Object topic = config.get("topic");
    String target = topic == null ? word : word + " " + topic;
    if (result.get("messages") instanceof List<?> messages) {
      Object seen = result.get("seen");
      return new ActionSummary(
          target,
          messages.size() + " of " + seen + " messages wanted",
          messages.isEmpty() ? null : JsonPreview.of(messages, LONGEST_PREVIEW));
    }
    Object sent = result.get("messages_sent");
    return new ActionSummary(target, sent == null ? null : sent + " sent", null);
  }
}

package io.testmesh.integrations.minio;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ConfigCheck;
import io.testmesh.integrations.common.JsonPreview;
import io.testmesh.result.ActionSummary;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the actions have in common. Names no type of the client: looking at a descriptor does not
 * load it.
 */
abstract class StorageAction implements ActionHandler {
  private static final int LONGEST_PREVIEW = 2_000;

  private final String word;

  /** Kept, as it is asked for several times for each step that is checked. */
  private final ActionDescriptor descriptor;

  /**
   * An action.
   *
   * @param word what it does, for people
   */
  StorageAction(String word, ActionDescriptor descriptor) {
    this.word = word;
    this.descriptor = descriptor;
  }

  @Override
  public final ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public void check(ConfigCheck config) {
    StorageKeys.check(config);
    Names.check(config);
  }

  @Override
  public Optional<Runnable> warmUp() {
    return Optional.of(Storage::warmUp);
  }

  @Override
  public ActionSummary summarize(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    Object object = config.get("object");
    String target = word + " " + config.get("bucket") + (object == null ? "" : "/" + object);
    if (result.isEmpty()) {
      return new ActionSummary(target, null, null);
    }
    Object size = result.get("size");
    String headline =
        Boolean.FALSE.equals(result.get("exists"))
            ? "no such object"
            : size != null
                ? size + " bytes"
                : result.containsKey("count") ? result.get("count") + " objects" : null;
    Object shown = result.containsKey("body") ? result.get("body") : result.get("objects");
    return new ActionSummary(
        target, headline, shown == null ? null : JsonPreview.of(shown, LONGEST_PREVIEW));
  }
}

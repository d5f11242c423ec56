package io.testmesh.integrations.minio;

import io.testmesh.action.ActionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conditions that {@code minio.assert} has beside expressions. */
final class Expectation {
  private Expectation() {}

  /** What of an object is not as the configuration wants it. */
  static List<String> faults(ActionConfig config, Map<String, @Nullable Object> found) {
    List<String> faults = new ArrayList<>();
    boolean exists = Boolean.TRUE.equals(found.get("exists"));
    boolean isWanted = !config.has("exists") || config.bool("exists");
    if (config.has("exists") && config.bool("exists") != exists) {
      faults.add((exists ? "it is there" : "it is not there") + ", and \"exists\" is " + !exists);
      return faults;
    }
    boolean isAboutContent =
        config.has("content_type") || config.has("size_gte") || config.has("metadata");
    if (!exists) {
      if (isAboutContent && isWanted) {
        faults.add("it is not there");
      }
      return faults;
    }
    if (config.has("content_type")
        && !config.text("content_type").equals(found.get("content_type"))) {
      faults.add(
          "content_type is " + found.get("content_type") + ", not " + config.text("content_type"));
    }
    if (config.has("size_gte")
        && found.get("size") instanceof Number size
        && size.longValue() < config.integer("size_gte")) {
      faults.add("size is " + size + ", less than " + config.integer("size_gte"));
    }
    Map<?, ?> metadata = found.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    config
        .map("metadata")
        .forEach(
            (name, wanted) -> {
              Object value = metadata.get(name.toLowerCase(Locale.ROOT));
              if (!String.valueOf(wanted).equals(value)) {
                faults.add(
                    "metadata."
                        + name
                        + (value == null ? " is not there" : " is " + value)
                        + ", and "
                        + wanted
                        + " is wanted");
              }
            });
    return faults;
  }
}

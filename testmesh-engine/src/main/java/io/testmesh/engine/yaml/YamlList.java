package io.testmesh.engine.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list.
 *
 * @param items the items in order
 * @param start the offset of the first character
 * @param end the offset after the last character
 */
public record YamlList(List<YamlNode> items, int start, int end) implements YamlNode {

  /** Copies the list. */
  public YamlList {
    items = List.copyOf(items);
  }

  @Override
  public List<@Nullable Object> value() {
    List<@Nullable Object> values = new ArrayList<>(items.size());
    for (YamlNode item : items) {
      values.add(item.value());
    }
    return Collections.unmodifiableList(values);
  }
}

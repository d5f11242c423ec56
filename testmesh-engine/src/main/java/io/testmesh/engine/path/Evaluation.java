package io.testmesh.engine.path;

import io.testmesh.engine.value.JsonValues;
import org.jspecify.annotations.Nullable;

/** One evaluation of a query: the root of its data and what it may still cost. For one thread. */
final class Evaluation implements JsonValues.Meter {
  /** A body of 16 MiB has 8 million nodes at most, and two visits of each must be possible. */
  static final int MOST_NODES = 20_000_000;

  private final @Nullable Object root;
  private long left = MOST_NODES;
  private @Nullable Regex latest;

  Evaluation(@Nullable Object root) {
    this.root = root;
  }

  @Nullable Object root() {
    return root;
  }

  /** Notes that nodes, or as much work, are looked at. */
  @Override
  public void add(long nodes) {
    left -= nodes;
    if (left < 0) {
      throw new PathLimitException(
          "the path looks at more than "
              + MOST_NODES
              + " nodes; name more of the way instead of \"..\" and filters in filters");
    }
  }

  /** The compiled form of a pattern that comes from the data, or null when it is no I-Regexp. */
  @Nullable Regex regex(String pattern) {
    Regex known = latest;
    if (known == null || !known.isOf(pattern)) {
      add(pattern.length());
      known = Regex.lenient(pattern);
      latest = known;
    }
    return known.isValid() ? known : null;
  }
}

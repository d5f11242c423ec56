package io.testmesh.engine.path;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a query.
 *
 * @param descendant whether it looks at all nodes below, too ({@code ..})
 * @param length how many UTF-16 units of the source it takes, white space before it included
 */
record Segment(List<Selector> selectors, boolean descendant, boolean inBrackets, int length) {
  Segment {
    selectors = List.copyOf(selectors);
  }

  boolean isShorthand(String name) {
    return !descendant
        && !inBrackets
        && selectors.get(0) instanceof Selector.Name selector
        && selector.name().equals(name);
  }

  /** The name when it selects the child of one name, else null. */
  @Nullable String onlyName() {
    return !descendant && selectors.size() == 1 && selectors.get(0) instanceof Selector.Name name
        ? name.name()
        : null;
  }

  /** Whether it gives one node at most. */
  boolean isSingular() {
    return !descendant && selectors.size() == 1 && selectors.get(0) instanceof Selector.Single;
  }

  /** The child of a singular segment, or {@link JsonPath#ABSENT}. */
  @Nullable Object child(@Nullable Object value) {
    return ((Selector.Single) selectors.get(0)).child(value);
  }

  /**
   * Adds what it selects from one node.
   *
   * @param at where the node is; null without locations
   */
  void select(@Nullable Object value, @Nullable Location at, Nodes into, Evaluation evaluation) {
    selectChildren(value, at, into, evaluation);
    if (descendant) {
      selectBelow(value, at, into, evaluation);
    }
  }

  private void selectChildren(
      @Nullable Object value, @Nullable Location at, Nodes into, Evaluation evaluation) {
    for (int i = 0; i < selectors.size(); i++) {
      selectors.get(i).select(value, at, into, evaluation);
    }
  }

  /** Parents before children, items in order (RFC 9535, 2.5.2.2), at any depth of the data. */
  private void selectBelow(
      @Nullable Object value, @Nullable Location at, Nodes into, Evaluation evaluation) {
    Deque<Children> open = new ArrayDeque<>();
    open.push(new Children(value, at));
    while (!open.isEmpty()) {
      Children children = open.element();
      if (!children.next()) {
        open.remove();
        continue;
      }
      evaluation.add(1);
      Object child = children.value();
      if (child instanceof Map<?, ?> || child instanceof List<?>) {
        Location below = into.hasLocations() ? children.location() : null;
        selectChildren(child, below, into, evaluation);
        open.push(new Children(child, below));
      }
    }
  }
}

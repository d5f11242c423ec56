package io.testmesh.engine.path;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of a query; in a filter an operand when it is singular. */
final class Query implements Operand {
  private final boolean relative;
  private final List<Segment> segments;
  private final boolean singular;

  /** Starts at the current node when it is relative, else at the root. */
  Query(boolean relative, List<Segment> segments) {
    this.relative = relative;
    this.segments = List.copyOf(segments);
    boolean single = true;
    for (Segment segment : segments) {
      single &= segment.isSingular();
    }
    this.singular = single;
  }

  boolean isSingular() {
    return singular;
  }

  /** The last segment, or null when there is none. */
  @Nullable Segment last() {
    return segments.isEmpty() ? null : segments.get(segments.size() - 1);
  }

  /** The name that the first segment selects, or null when it selects otherwise. */
  @Nullable String firstName() {
    return segments.isEmpty() ? null : segments.get(0).onlyName();
  }

  Query withoutLast() {
    return new Query(relative, segments.subList(0, segments.size() - 1));
  }

  /** What a singular query finds from a node, or {@link JsonPath#ABSENT}. */
  @Nullable Object single(@Nullable Object start) {
    Object value = start;
    for (int i = 0; i < segments.size() && value != JsonPath.ABSENT; i++) {
      value = segments.get(i).child(value);
    }
    return value;
  }

  /**
   * What the query finds from a node; segment by segment, so that its length costs no stack.
   *
   * @param empty an empty list of the wanted kind
   */
  Nodes nodes(@Nullable Object start, Nodes empty, Evaluation evaluation) {
    Nodes current = empty;
    current.add(start, Location.ROOT);
    for (Segment segment : segments) {
      Nodes next = empty.emptyCopy();
      for (int i = 0; i < current.size(); i++) {
        segment.select(current.value(i), current.location(i), next, evaluation);
      }
      current = next;
    }
    return current;
  }

  /** What the query finds in a filter. */
  Nodes nodesFrom(@Nullable Object current, Evaluation evaluation) {
    return nodes(relative ? current : evaluation.root(), Nodes.ofValues(), evaluation);
  }

  /** Whether the query finds anything in a filter. */
  boolean exists(@Nullable Object current, Evaluation evaluation) {
    return singular
        ? value(current, evaluation) != JsonPath.ABSENT
        : nodesFrom(current, evaluation).size() > 0;
  }

  @Override
  public @Nullable Object value(@Nullable Object current, Evaluation evaluation) {
    evaluation.add(segments.size());
    return single(relative ? current : evaluation.root());
  }
}

package io.testmesh.engine.path;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSONPath query (RFC 9535). Immutable and safe for use by several threads. */
public final class JsonPath {
  /** What {@link #selectSingle} gives when nothing matches; null is a value of its own. */
  public static final Object ABSENT =
      new Object() {
        @Override
        public String toString() {
          return "absent";
        }
      };

  private final String source;
  private final Query query;

  private JsonPath(String source, Query query) {
    this.source = source;
    this.query = query;
  }

  /**
   * Parses a whole text as a query.
   *
   * @throws PathException also for a literal regular expression that is no I-Regexp, which RFC 9535
   *     would let match nothing
   */
  public static JsonPath parse(String text) throws PathException {
    PathText in = new PathText(text, 0);
    Query query = new PathParser(in).wholeQuery();
    return new JsonPath(text, query);
  }

  /**
   * Parses the longest query that begins at a place of a longer text, such as an expression. A name
   * segment that is followed by an opening parenthesis is not part of it: {@code $.prices.sum()}
   * ends before {@code .sum}. White space belongs to it only between segments.
   *
   * @param start where the {@code $} stands
   */
  public static JsonPath parsePrefix(String text, int start) throws PathException {
    PathText in = new PathText(text, start);
    Query query = new PathParser(in).queryBeforeCall();
    return new JsonPath(text.substring(start, in.at()), query);
  }

  /** The query as it was written; its length tells how much {@link #parsePrefix} took. */
  public String source() {
    return source;
  }

  /** Whether the query can give one node at most (RFC 9535, 2.3.5.1). */
  public boolean isSingular() {
    return query.isSingular();
  }

  /** The name that the first segment selects, or null when it selects otherwise. */
  public @Nullable String firstName() {
    return query.firstName();
  }

  /**
   * The query without its last segment when that is this name after a point, else null: {@code
   * $.users} for {@code $.users.length} and {@code length}, because expressions read it so.
   */
  public @Nullable JsonPath withoutLast(String name) {
    Segment last = query.last();
    return last == null || !last.isShorthand(name)
        ? null
        : new JsonPath(source.substring(0, source.length() - last.length()), query.withoutLast());
  }

  /**
   * The values of all nodes, in order; immutable, empty when nothing matches.
   *
   * @throws PathLimitException when it would look at too many nodes
   */
  public List<@Nullable Object> select(@Nullable Object root) {
    if (query.isSingular()) {
      Object value = query.single(root);
      return value == ABSENT ? List.of() : Collections.singletonList(value);
    }
    Evaluation evaluation = new Evaluation(root);
    return query.nodes(root, Nodes.ofValues(), evaluation).values();
  }

  /**
   * The value of the one node of a singular query, or {@link #ABSENT}; makes no objects.
   *
   * @throws IllegalStateException when the query is not {@linkplain #isSingular() singular}
   */
  public @Nullable Object selectSingle(@Nullable Object root) {
    if (!query.isSingular()) {
      throw new IllegalStateException("not a singular query: " + source);
    }
    return query.single(root);
  }

  /** The normalized paths of all nodes (RFC 9535, 2.7), in the order of {@link #select}. */
  List<String> selectPaths(@Nullable Object root) {
    Evaluation evaluation = new Evaluation(root);
    return query.nodes(root, Nodes.withLocations(), evaluation).normalizedPaths();
  }

  @Override
  public String toString() {
    return source;
  }
}

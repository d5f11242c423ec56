package io.testmesh.engine.path;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSONPath query (RFC 9535). Immutable and safe for use by several threads. */
public final class JsonPath {
  private final String source;

  private JsonPath(String source) {
    this.source = source;
  }

  /** Parses a whole text as a query. */
  public static JsonPath parse(String text) throws PathException {
    throw new PathException("not yet: " + text, 0, text.length());
  }

  /**
   * Parses the longest query that begins at a place of a longer text, such as an expression. A name
   * segment that is followed by an opening parenthesis is not part of it: {@code $.prices.sum()} ends
   * before {@code .sum}. White space belongs to it only between segments.
   *
   * @param start where the {@code $} stands
   */
  public static JsonPath parsePrefix(String text, int start) throws PathException {
    throw new PathException("not yet: " + text, start, text.length());
  }

  /** The query as it was written; its length tells how much {@link #parsePrefix} took. */
  public String source() {
    return source;
  }

  /** Whether the query can give one node at most (RFC 9535, 2.3.5.1). */
  public boolean isSingular() {
    return false;
  }

  /** The values of all nodes, in order; immutable, empty when nothing matches. */
  public List<@Nullable Object> select(@Nullable Object root) {
    return List.of();
  }
}

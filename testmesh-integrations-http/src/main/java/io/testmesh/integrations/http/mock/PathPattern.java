package io.testmesh.integrations.http.mock;

import io.testmesh.action.ActionException;
import java.util.ArrayList;
import java.util.List;

/**
 * A path with places for any text: {@code :name}, {@code {name}} or {@code *} for one segment, and
 * a {@code *} at the end for all segments that follow. Immutable.
 */
final class PathPattern {
  private final String source;
  private final List<String> segments;

  private PathPattern(String source, List<String> segments) {
    this.source = source;
    this.segments = segments;
  }

  static PathPattern parse(String source) throws ActionException {
    if (!source.startsWith("/") && !source.equals("*")) {
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "the path \"" + source + "\" of the mock server does not start with /")
          .hint("did you mean \"/" + source + "\"?");
    }
    if (source.indexOf('?') >= 0) {
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "the path \"" + source + "\" of the mock server has a query")
          .hint("the query's parameters go under match: {query: {…}}");
    }
    return new PathPattern(source, split(source));
  }

  /** Whether the decoded path fits. */
  boolean fits(String path) {
    List<String> found = split(path);
    for (int i = 0; i < segments.size(); i++) {
      String wanted = segments.get(i);
      if (wanted.equals("*") && i == segments.size() - 1) {
        return found.size() > i;
      }
      if (i >= found.size() || (!isPlace(wanted) && !wanted.equals(found.get(i)))) {
        return false;
      }
    }
    return found.size() == segments.size();
  }

  private static boolean isPlace(String segment) {
    return segment.equals("*")
        || (segment.length() > 1 && segment.charAt(0) == ':')
        || (segment.length() > 2 && segment.startsWith("{") && segment.endsWith("}"));
  }

  private static List<String> split(String path) {
    List<String> segments = new ArrayList<>();
    int from = path.startsWith("/") ? 1 : 0;
    int slash = path.indexOf('/', from);
    while (slash >= 0) {
      segments.add(path.substring(from, slash));
      from = slash + 1;
      slash = path.indexOf('/', from);
    }
    segments.add(path.substring(from));
    return segments;
  }

  @Override
  public String toString() {
    return source;
  }
}

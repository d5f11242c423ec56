package io.testmesh.engine.path;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses queries, segments and selectors (RFC 9535, 2.1 to 2.5). */
final class PathParser {
  private final PathText in;
  private final FilterParser filters;

  PathParser(PathText in) {
    this.in = in;
    this.filters = new FilterParser(in, this);
  }

  /** Parses a query that the text consists of. */
  Query wholeQuery() throws PathException {
    expectRoot();
    Query query = query(false, false);
    if (!in.isAtEnd()) {
      throw afterSegment();
    }
    return query;
  }

  /** Parses a query that ends before the name of a call, or before anything that is no segment. */
  Query queryBeforeCall() throws PathException {
    expectRoot();
    return query(false, true);
  }

  private void expectRoot() throws PathException {
    if (!in.take('$')) {
      throw PathText.isBlank(in.peek())
          ? in.error("a path has no white space before it", in.at(), in.at())
          : in.expected("\"$\", with which a path begins");
    }
  }

  private PathException afterSegment() {
    int here = in.at();
    in.skipBlanks();
    if (in.isAtEnd()) {
      return in.errorSince(here, "a path has no white space after it");
    }
    String hint = "";
    if (in.peek() == '(') {
      hint = "a path calls no functions outside of filters";
    } else if (in.peek() == '-') {
      hint = "a name with other characters is written ['a-b']";
    }
    return in.expected("\".\", \"[\" or the end of the path", hint);
  }

  /**
   * Parses the segments of a query, whose {@code $} or {@code @} has been taken.
   *
   * @param beforeCall whether a name before an opening parenthesis ends it
   */
  Query query(boolean relative, boolean beforeCall) throws PathException {
    List<Segment> segments = new ArrayList<>();
    while (true) {
      int end = in.at();
      in.skipBlanks();
      Segment segment = segment(end, beforeCall);
      if (segment == null) {
        in.moveTo(end);
        return new Query(relative, segments);
      }
      segments.add(segment);
    }
  }

  private @Nullable Segment segment(int start, boolean beforeCall) throws PathException {
    if (in.peek() == '[') {
      return bracketed(start, false);
    }
    if (!in.take('.')) {
      return null;
    }
    boolean descendant = in.take('.');
    if (descendant && in.peek() == '[') {
      return bracketed(start, true);
    }
    Selector selector;
    if (in.take('*')) {
      selector = new Selector.Wildcard();
    } else if (PathText.isNameStart(in.peek())) {
      selector = new Selector.Name(in.takeName());
      if (beforeCall && isCall()) {
        if (descendant) {
          throw in.errorSince(start, "a function stands after one \".\" only");
        }
        return null;
      }
    } else {
      throw noName(descendant);
    }
    return new Segment(List.of(selector), descendant, false, in.at() - start);
  }

  private boolean isCall() {
    int end = in.at();
    in.skipBlanks();
    boolean call = in.peek() == '(';
    in.moveTo(end);
    return call;
  }

  private PathException noName(boolean descendant) {
    if (descendant) {
      return in.expected("a name, \"*\" or \"[\" after \"..\"");
    }
    String hint = "";
    if (PathText.isDigit(in.peek())) {
      hint = "an index is written [0], a name that begins with a digit ['1st']";
    } else if (in.peek() == '\'' || in.peek() == '"') {
      hint = "a name in quotes stands in brackets: ['a b']";
    }
    return in.expected("a name or \"*\" after \".\"", hint);
  }

  private Segment bracketed(int start, boolean descendant) throws PathException {
    in.skip(1);
    List<Selector> selectors = new ArrayList<>();
    do {
      in.skipBlanks();
      selectors.add(selector());
      in.skipBlanks();
    } while (in.take(','));
    if (!in.take(']')) {
      boolean filter = selectors.get(selectors.size() - 1) instanceof Selector.Filter;
      throw filter ? filters.afterCondition("\",\" or \"]\"") : in.expected("\",\" or \"]\"");
    }
    return new Segment(selectors, descendant, true, in.at() - start);
  }

  private Selector selector() throws PathException {
    int c = in.peek();
    if (c == '\'' || c == '"') {
      return new Selector.Name(Literals.text(in));
    }
    if (c == ':' || c == '-' || PathText.isDigit(c)) {
      return indexOrSlice();
    }
    if (in.take('*')) {
      return new Selector.Wildcard();
    }
    if (in.take('?')) {
      in.skipBlanks();
      return new Selector.Filter(filters.condition());
    }
    String hint = "";
    if (PathText.isNameStart(c)) {
      hint = "a name in brackets stands in quotes: ['name']";
    } else if (c == '(' || c == '@' || c == '$') {
      hint = "a filter begins with \"?\": [?@.price > 1]";
    }
    throw in.expected("a name in quotes, an index, a slice, \"*\" or a filter", hint);
  }

  private Selector indexOrSlice() throws PathException {
    Long start = null;
    if (in.peek() != ':') {
      start = Literals.integer(in);
      int end = in.at();
      in.skipBlanks();
      if (in.peek() != ':') {
        in.moveTo(end);
        return new Selector.Index(start);
      }
    }
    Long end = slicePart();
    int afterEnd = in.at();
    in.skipBlanks();
    if (in.peek() != ':') {
      in.moveTo(afterEnd);
      return new Selector.Slice(start, end, 1);
    }
    Long step = slicePart();
    return new Selector.Slice(start, end, step == null ? 1 : step);
  }

  /** Takes a colon and the number after it, if there is one. */
  private @Nullable Long slicePart() throws PathException {
    in.skip(1);
    int colon = in.at();
    in.skipBlanks();
    if (in.peek() == '-' || PathText.isDigit(in.peek())) {
      return Literals.integer(in);
    }
    in.moveTo(colon);
    return null;
  }
}

package io.testmesh.engine.path;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A compiled I-Regexp (RFC 9485). The only class that needs the library, so loaded when needed. */
final class Regex {
  private final String source;
  private final @Nullable Pattern pattern;
  private final int size;

  private Regex(String source, @Nullable Pattern pattern, int size) {
    this.source = source;
    this.pattern = pattern;
    this.size = size;
  }

  /**
   * Compiles a pattern.
   *
   * @throws IRegexpException when it is no I-Regexp, or too large
   */
  static Regex strict(String source) throws IRegexpException {
    IRegexp checked = IRegexp.parse(source);
    try {
      return new Regex(source, Pattern.compile(checked.re2()), checked.size());
    } catch (PatternSyntaxException e) {
      throw new IRegexpException(e.getDescription() + " in " + checked.re2(), 0);
    }
  }

  /** Compiles a pattern; one that is no I-Regexp is kept as such. */
  static Regex lenient(String source) {
    try {
      return strict(source);
    } catch (IRegexpException e) {
      return new Regex(source, null, 0);
    }
  }

  boolean isOf(String pattern) {
    return source.equals(pattern);
  }

  boolean isValid() {
    return pattern != null;
  }

  /** What a search costs, in nodes: each character meets every part of the pattern at worst. */
  long cost(String text) {
    return (long) text.length() * size / 32;
  }

  boolean matchesWhole(String text) {
    return pattern != null && pattern.matches(text);
  }

  boolean isFoundIn(String text) {
    return pattern != null && pattern.matcher(text).find();
  }
}

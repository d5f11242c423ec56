package io.testmesh.engine.path;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Checks a pattern against the grammar of I-Regexp (RFC 9485, 3) and translates it for RE2 (5.4).
 * As there, {@code ^} and {@code $} go through and are anchors.
 */
final class IRegexp {
  /** RE2 repeats no more often. */
  private static final int MOST_REPEATS = 1000;

  private static final int LARGEST = 10_000;
  private static final int DEEPEST = 100;

  private final String pattern;
  private final StringBuilder re2 = new StringBuilder();
  private final Deque<Integer> sizesOutside = new ArrayDeque<>();
  private int at;
  private long size;

  private IRegexp(String pattern) {
    this.pattern = pattern;
  }

  static IRegexp parse(String pattern) throws IRegexpException {
    IRegexp parser = new IRegexp(pattern);
    parser.branches();
    return parser;
  }

  /** The same pattern for RE2, without captures. */
  String re2() {
    return re2.toString();
  }

  /** How many parts the pattern has once its repetitions are written out. */
  int size() {
    return (int) size;
  }

  private void branches() throws IRegexpException {
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      switch (c) {
        case '|' -> {
          at++;
          re2.append('|');
        }
        case '(' -> open();
        case ')' -> {
          if (sizesOutside.isEmpty()) {
            throw error("\")\" closes nothing");
          }
          at++;
          re2.append(')');
          long inside = size;
          size = sizesOutside.pop();
          quantifier(inside + 1);
        }
        case '*', '+', '?', '{' ->
            throw error("\"" + c + "\" has nothing before it that it could repeat");
        case ']', '}' -> throw error("\"" + c + "\" is written \\" + c);
        default -> {
          atom(c);
          quantifier(1);
        }
      }
    }
    if (!sizesOutside.isEmpty()) {
      throw error("a \"(\" is not closed");
    }
  }

  private void open() throws IRegexpException {
    if (sizesOutside.size() == DEEPEST) {
      throw error("more than " + DEEPEST + " levels of parentheses");
    }
    if (pattern.startsWith("(?", at)) {
      throw error("\"(?\" is not part of I-Regexp (RFC 9485)");
    }
    at++;
    re2.append("(?:");
    sizesOutside.push((int) size);
    size = 0;
  }

  private void atom(char c) throws IRegexpException {
    if (c == '.') {
      at++;
      re2.append("[^\\n\\r]");
    } else if (c == '[') {
      characterClass();
    } else if (c == '\\') {
      if (!category(false)) {
        literal(escape());
      }
    } else if (c == '^' || c == '$') {
      at++;
      re2.append(c);
    } else {
      literal(codePoint());
    }
  }

  private void quantifier(long once) throws IRegexpException {
    long repeats = 1;
    char c = at < pattern.length() ? pattern.charAt(at) : 'x';
    if (c == '*' || c == '+' || c == '?') {
      at++;
      re2.append(c);
    } else if (c == '{') {
      int start = at++;
      int least = count();
      int most = least;
      if (take(',')) {
        most = at < pattern.length() && pattern.charAt(at) == '}' ? least + 1 : count();
      }
      if (!take('}')) {
        throw error("\"}\" expected");
      }
      if (most < least) {
        at = start;
        throw error("a repetition whose maximum is below its minimum");
      }
      repeats = Math.max(most, 1);
      re2.append(pattern, start, at);
    }
    size += once * repeats;
    if (size > LARGEST) {
      throw error("the repetitions are too many in total");
    }
  }

  private int count() throws IRegexpException {
    int start = at;
    int count = 0;
    while (at < pattern.length() && isDigit(pattern.charAt(at))) {
      count = Math.min(count * 10 + pattern.charAt(at++) - '0', MOST_REPEATS + 1);
    }
    if (at == start) {
      throw error("a number of repetitions expected");
    }
    if (count > MOST_REPEATS) {
      at = start;
      throw error("more than " + MOST_REPEATS + " repetitions");
    }
    return count;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void characterClass() throws IRegexpException {
    int start = at++;
    re2.append('[');
    if (take('^')) {
      re2.append('^');
    }
    boolean empty = true;
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      // A "-" stands for itself at either end only.
      if (pattern.charAt(at) == '-' && !empty && !pattern.startsWith("-]", at)) {
        throw error("\"-\" within a class is written \\-");
      }
      if (!category(true)) {
        range();
      }
      empty = false;
    }
    if (empty || !take(']')) {
      at = start;
      throw error(empty ? "an empty class" : "the class that begins with \"[\" is not closed");
    }
    re2.append(']');
  }

  private void range() throws IRegexpException {
    int start = at;
    boolean dash = pattern.charAt(at) == '-';
    int from = classCharacter();
    literal(from);
    boolean more = at + 1 < pattern.length() && pattern.charAt(at) == '-';
    if (dash || !more || pattern.charAt(at + 1) == ']') {
      return;
    }
    at++;
    int to = classCharacter();
    if (to < from) {
      at = start;
      throw error("a range whose end is before its start");
    }
    re2.append('-');
    literal(to);
  }

  private int classCharacter() throws IRegexpException {
    char c = pattern.charAt(at);
    if (c == '\\') {
      return escape();
    }
    if (c == '[') {
      throw error("\"[\" within a class is written \\[");
    }
    return codePoint();
  }

  /** Takes {@code \p{Lu}} or {@code \P{Lu}}; false when something else stands here. */
  private boolean category(boolean inClass) throws IRegexpException {
    if (!pattern.startsWith("\\p", at) && !pattern.startsWith("\\P", at)) {
      return false;
    }
    int end = pattern.indexOf('}', at);
    if (!pattern.startsWith("{", at + 2) || end < 0) {
      throw error("a category is written \\p{Lu}");
    }
    String name = pattern.substring(at + 3, end);
    if (!UnicodeCategories.isKnown(name)) {
      throw error("\"" + name + "\" is no Unicode category such as L, Lu or Nd");
    }
    boolean complement = pattern.charAt(at + 1) == 'P';
    re2.append(UnicodeCategories.forRe2(name, complement, inClass));
    at = end + 1;
    return true;
  }

  private int escape() throws IRegexpException {
    char c = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
    int place = "nrt".indexOf(c);
    if (place < 0 && "()*+-.?[\\]^{|}".indexOf(c) < 0) {
      String hint = c == 'd' ? "; digits are [0-9]" : c == '$' ? "; write [$]" : "";
      throw error(
          (at + 1 < pattern.length()
                  ? "\"\\" + c + "\" is not part of I-Regexp (RFC 9485)"
                  : "a \"\\\" at the end")
              + hint);
    }
    at += 2;
    return place < 0 ? c : "\n\r\t".charAt(place);
  }

  private int codePoint() throws IRegexpException {
    int character = pattern.codePointAt(at);
    if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
      throw error("half of a surrogate pair");
    }
    at += Character.charCount(character);
    return character;
  }

  /** Letters and digits as they are, all else by number: nothing has a second meaning so. */
  private void literal(int character) {
    if (character < 128 && !Character.isLetterOrDigit(character)) {
      re2.append("\\x{").append(Integer.toHexString(character)).append('}');
    } else {
      re2.appendCodePoint(character);
    }
  }

  private boolean take(char c) {
    if (at < pattern.length() && pattern.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private IRegexpException error(String message) {
    return new IRegexpException(message, at);
  }
}

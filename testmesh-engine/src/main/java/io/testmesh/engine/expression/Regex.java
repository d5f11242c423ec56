package io.testmesh.engine.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A regular expression of RE2's syntax; matching takes linear time. */
final class Regex {
  private static final int LONGEST = 10_000;
  private static final int LARGEST = 20_000;

  private final Pattern pattern;
  private final int cost;

  private Regex(Pattern pattern, int cost) {
    this.pattern = pattern;
    this.cost = cost;
  }

  /** Compiles the text that stands at a node. */
  static Regex compile(String source, Node at, String code) throws ExpressionException {
    String problem;
    if (source.length() > LONGEST) {
      problem = "longer than " + LONGEST + " characters";
    } else if (RegexSize.of(source, LARGEST) > LARGEST) {
      problem = "its repetitions make it too large";
    } else {
      try {
        Pattern pattern = Pattern.compile(source);
        return new Regex(pattern, Math.max(16, pattern.programSize()));
      } catch (PatternSyntaxException e) {
        problem = e.getDescription();
      } catch (StackOverflowError e) {
        problem = "nested too deep";
      }
    }
    throw new ExpressionException(
        code, "this is no regular expression: " + problem, null, at.start, at.end, false);
  }

  String source() {
    return pattern.pattern();
  }

  /** How expensive a character is, roughly. */
  int cost() {
    return cost;
  }

  boolean find(String text) {
    return pattern.matcher(text).find();
  }
}

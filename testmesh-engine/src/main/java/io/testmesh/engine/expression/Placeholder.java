package io.testmesh.engine.expression;

/**
 * Where a placeholder and what stands between its brackets begin and end.
 *
 * @param open where the first bracket stands
 * @param start where the content begins
 * @param end where the content ends
 * @param close where the text goes on
 */
record Placeholder(int open, int start, int end, int close) {

  /** Whether a placeholder begins here, bar what stands before it. */
  static boolean opens(String source, int at, int limit) {
    if (at + 1 >= limit || source.charAt(at + 1) != '{') {
      return false;
    }
    char c = source.charAt(at);
    return c == '$' || c == '{';
  }

  /**
   * Finds the end: braces, brackets and text literals inside are respected; the text of a default
   * reaches to the first brace that is not one of a pair in it.
   */
  static Placeholder scan(String source, int open, int limit) throws ExpressionException {
    boolean twice = source.charAt(open) == '{';
    int start = open + 2;
    int colon = defaultColon(source, start, limit);
    int depth = 0;
    int at = colon >= 0 ? colon + 1 : start;
    while (at < limit) {
      char c = source.charAt(at);
      if (c == '}' && depth == 0) {
        if (!twice) {
          return new Placeholder(open, start, at, at + 1);
        }
        if (at + 1 < limit && source.charAt(at + 1) == '}') {
          return new Placeholder(open, start, at, at + 2);
        }
        break;
      }
      if (c == '{' || c == '(' && colon < 0 || c == '[' && colon < 0) {
        depth++;
      } else if (c == '}' || c == ')' && colon < 0 || c == ']' && colon < 0) {
        depth = Math.max(0, depth - 1);
      } else if (colon < 0 && (c == '"' || c == '\'' || c == '`')) {
        at = literalEnd(source, at, limit);
        continue;
      }
      at++;
    }
    String opening = twice ? "{{" : "${";
    throw new ExpressionException(
        ExpressionException.SYNTAX,
        "the placeholder that begins with " + opening + " is not closed",
        "close it with " + (twice ? "}}" : "}") + ", or write \\" + opening + " for the characters",
        open,
        open + 2,
        false);
  }

  private static int literalEnd(String source, int open, int limit) {
    char quote = source.charAt(open);
    int at = open + 1;
    while (at < limit && source.charAt(at) != quote) {
      at += quote != '`' && source.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  /**
   * The colon of {@code NAME:default}, where the name may be dotted and have dashes; -1 if none.
   */
  static int defaultColon(String source, int start, int limit) {
    int at = skipSpace(source, start, limit);
    if (at >= limit || !Lexer.isNamePart(source, at) || Lexer.isDigit(source.charAt(at))) {
      return -1;
    }
    while (at < limit) {
      char c = source.charAt(at);
      if (Lexer.isNamePart(source, at)) {
        at += Character.charCount(source.codePointAt(at));
      } else if (c == '-' || c == '.') {
        if (at + 1 >= limit || !Lexer.isNamePart(source, at + 1)) {
          return -1;
        }
        at++;
      } else if (c == '[') {
        int close = at + 1;
        while (close < limit && Lexer.isDigit(source.charAt(close))) {
          close++;
        }
        if (close == at + 1 || close >= limit || source.charAt(close) != ']') {
          return -1;
        }
        at = close + 1;
      } else {
        break;
      }
    }
    at = skipSpace(source, at, limit);
    boolean colon = at < limit && source.charAt(at) == ':';
    return colon && !(at + 1 < limit && source.charAt(at + 1) == ':') ? at : -1;
  }

  /** Whether the content is empty or begins with a key and a colon. */
  boolean looksLikeMap(String source) {
    int depth = 0;
    int at = skipSpace(source, start, end);
    if (at == end) {
      return true;
    }
    while (at < end) {
      char c = source.charAt(at);
      if (c == '"' || c == '\'' || c == '`') {
        at = literalEnd(source, at, end);
        continue;
      }
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (depth == 0 && (c == '?' || c == ':')) {
        return c == ':' && !source.startsWith("::", at);
      }
      at++;
    }
    return false;
  }

  private static int skipSpace(String source, int from, int limit) {
    int at = from;
    while (at < limit && Texts.isSpace(source.charAt(at))) {
      at++;
    }
    return at;
  }
}

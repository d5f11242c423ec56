package io.testmesh.engine.expression;

/**
 * How many instructions a regular expression needs, roughly: counted repetitions multiply, and the
 * library unrolls them without a bound on the whole.
 */
final class RegexSize {
  private final String source;
  private int at;

  /** The size of what stands between brackets, and of the part before the place. */
  private long total;

  private long last;

  private RegexSize(String source) {
    this.source = source;
  }

  /** The number of instructions; counting stops above the limit. */
  static long of(String source, long limit) {
    RegexSize size = new RegexSize(source);
    long[] outer = new long[source.length() + 1];
    int depth = 0;
    while (size.at < source.length() && size.total <= limit) {
      char c = source.charAt(size.at);
      if (c == '(') {
        outer[depth++] = size.total;
        size.total = 0;
        size.at++;
      } else if (c == ')' && depth > 0) {
        size.last = size.total + 2;
        size.total = outer[--depth] + size.last;
        size.at++;
      } else {
        size.read(c);
      }
    }
    return size.total;
  }

  private void read(char c) {
    switch (c) {
      case '{' -> repeat();
      case '[' -> {
        int close = source.indexOf(']', Math.min(source.length(), at + 2));
        atom(close < 0 ? source.length() : close + 1);
      }
      case '\\' -> {
        boolean braces =
            source.startsWith("{", at + 2) && "pPx".indexOf(source.charAt(at + 1)) >= 0;
        int close = braces ? source.indexOf('}', at) : -1;
        atom(close < 0 ? at + 2 : close + 1);
      }
      default -> atom(at + 1);
    }
  }

  private void atom(int end) {
    at = end;
    last = 1;
    total++;
  }

  /** {@code {3}}, {@code {3,}}, {@code {3,5}}; anything else is a plain brace. */
  private void repeat() {
    int most = 0;
    int count = 0;
    int end = at + 1;
    for (; end < source.length() && source.charAt(end) != '}'; end++) {
      char c = source.charAt(end);
      if (Lexer.isDigit(c)) {
        count = Math.min(10_000, count * 10 + c - '0');
        most = Math.max(most, count);
      } else if (c == ',') {
        count = 0;
      } else {
        atom(at + 1);
        return;
      }
    }
    total += last * Math.max(0, most - 1);
    last *= Math.max(1, most);
    at = end + 1;
  }
}

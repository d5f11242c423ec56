package io.testmesh.integrations.sql;

import io.testmesh.integrations.sql.SqlText.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds what of a statement may be a parameter, by the lexical rules of PostgreSQL (documentation,
 * section "Lexical Structure"), which those of other databases fit into. Belongs to one thread.
 */
final class SqlScanner {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private int at;

  SqlScanner(String text) {
    this.text = text;
    while (at < text.length()) {
      step();
    }
  }

  /** The parameters and question marks, in order. */
  List<Token> tokens() {
    return List.copyOf(tokens);
  }

  /** The single statements of the text, without what only separates them. */
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= ends.size(); i++) {
      int end = i < ends.size() ? ends.get(i) : text.length();
      String statement = text.substring(start, end);
      if (!firstWord(statement).isEmpty()) {
        statements.add(statement);
      }
      start = end + 1;
    }
    return statements;
  }

  /** The first word of a statement in upper case, behind comments; empty when there is none. */
  static String firstWord(String statement) {
    return word(statement, 0);
  }

  /** A word of a statement in upper case; empty when there are not as many. */
  static String word(String statement, int index) {
    int from = 0;
    String word = "";
    for (int i = 0; i <= index; i++) {
      int begin = skipBlank(statement, from);
      int end = begin;
      while (end < statement.length() && isNamePart(statement.charAt(end))) {
        end++;
      }
      word = statement.substring(begin, end).toUpperCase(Locale.ROOT);
      from = end;
    }
    return word;
  }

  private static int skipBlank(String statement, int from) {
    int i = from;
    while (i < statement.length()) {
      char c = statement.charAt(i);
      if (Character.isWhitespace(c) || c == '(' || c == ';') {
        i++;
      } else if (statement.startsWith("--", i)) {
        i = lineEnd(statement, i);
      } else if (statement.startsWith("/*", i)) {
        i = commentEnd(statement, i);
      } else {
        break;
      }
    }
    return i;
  }

  private void step() {
    char c = text.charAt(at);
    if (c == '\'') {
      at = literalEnd(at, hasEscapes());
    } else if (c == '"' || c == '`') {
      at = closing(at, c);
    } else if (text.startsWith("--", at)) {
      at = lineEnd(text, at);
    } else if (text.startsWith("/*", at)) {
      at = commentEnd(text, at);
    } else if (isNameStart(c)) {
      at = nameEnd(at);
    } else if (c == '$') {
      dollar();
    } else if (c == ':') {
      colon();
    } else if (c == '?') {
      mark();
    } else {
      if (c == ';') {
        ends.add(at);
      }
      at++;
    }
  }

  /** Whether the literal at this place is {@code E'…'}. */
  private boolean hasEscapes() {
    boolean isMarked = at > 0 && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e');
    return isMarked && (at == 1 || !isNamePart(text.charAt(at - 2)));
  }

  private int literalEnd(int start, boolean escapes) {
    int i = start + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (escapes && c == '\\') {
        i += 2;
      } else if (c == '\'') {
        return i + 1;
      } else {
        i++;
      }
    }
    return text.length();
  }

  private int closing(int start, char quote) {
    int end = text.indexOf(quote, start + 1);
    return end < 0 ? text.length() : end + 1;
  }

  private static int lineEnd(String text, int start) {
    int end = text.indexOf('\n', start);
    return end < 0 ? text.length() : end;
  }

  /** Comments may stand in comments. */
  private static int commentEnd(String text, int start) {
    int depth = 0;
    int i = start;
    while (i < text.length()) {
      if (text.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (text.startsWith("*/", i)) {
        depth--;
        i += 2;
        if (depth == 0) {
          return i;
        }
      } else {
        i++;
      }
    }
    return text.length();
  }

  /** A name ends before the quote of {@code E'…'}, {@code B'…'} and {@code U&"…"}. */
  private int nameEnd(int start) {
    int i = start;
    while (i < text.length() && isNamePart(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private void dollar() {
    int i = at + 1;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    if (i > at + 1) {
      int number = i - at > 7 ? Integer.MAX_VALUE : Integer.parseInt(text.substring(at + 1, i));
      tokens.add(new Token.Numbered(at, i, number));
      at = i;
      return;
    }
    while (i < text.length() && text.charAt(i) != '$' && isNamePart(text.charAt(i))) {
      i++;
    }
    if (i < text.length() && text.charAt(i) == '$') {
      String tag = text.substring(at, i + 1);
      int end = text.indexOf(tag, i + 1);
      at = end < 0 ? text.length() : end + tag.length();
    } else {
      at++;
    }
  }

  /** {@code ::type}, {@code :=} and the {@code :} of a slice such as {@code a[1:n]} are none. */
  private void colon() {
    if (text.startsWith("::", at) || text.startsWith(":=", at)) {
      at += 2;
      return;
    }
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '$' && isNamePart(text.charAt(end))) {
      end++;
    }
    boolean isName = end > at + 1 && isNameStart(text.charAt(at + 1));
    boolean isSlice =
        at > 0 && (isNamePart(text.charAt(at - 1)) || "])".indexOf(text.charAt(at - 1)) >= 0);
    if (isName && !isSlice) {
      tokens.add(new Token.Named(at, end, text.substring(at + 1, end)));
    }
    at = isName ? end : at + 1;
  }

  /** {@code ??}, {@code ?|} and {@code ?&} are operators, {@code ?||} is not. */
  private void mark() {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    char third = at + 2 < text.length() ? text.charAt(at + 2) : ' ';
    boolean isAfterAt = at > 0 && text.charAt(at - 1) == '@';
    if (next == '?') {
      // As the driver wants an operator's question mark to be written.
      tokens.add(new Token.Mark(at, at + 2, false));
      at += 2;
      return;
    }
    boolean isOperator = (next == '|' || next == '&') && third != next || isAfterAt;
    tokens.add(new Token.Mark(at, at + 1, !isOperator));
    at++;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }
}

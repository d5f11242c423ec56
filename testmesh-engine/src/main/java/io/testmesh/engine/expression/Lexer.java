package io.testmesh.engine.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of an expression, one at a time, because what a brace means depends on where it stands.
 * The current token is in the fields.
 */
final class Lexer {
  /** What a token is. */
  enum Kind {
    END,
    NAME,
    NUMBER,
    TEXT,
    BYTES,
    OPERATOR,
    PATH
  }

  final String source;
  final int limit;
  private final TextReader texts;

  Kind kind = Kind.END;

  /** The operator or name; the digits of a number. */
  String text = "";

  /** The pieces of a text literal: texts and {@link Placeholder}s. */
  List<Object> pieces = List.of();

  byte @Nullable [] bytes;
  int start;
  int end;

  /** Where the token before this one ended. */
  int lastEnd;

  /** Reads the source from one place to another. */
  Lexer(String source, int from, int limit) {
    this.source = source;
    this.limit = limit;
    this.end = from;
    this.lastEnd = from;
    this.texts = new TextReader(source, limit);
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** The character after the current token, or 0. */
  char following() {
    return end < limit ? source.charAt(end) : 0;
  }

  /** Goes on behind a place, up to which somebody else has read. */
  void continueAt(int place) throws ExpressionException {
    end = place;
    next();
  }

  /** Takes the current token back: the one at the place becomes current again. */
  void back(int place, int endBefore) throws ExpressionException {
    end = place;
    next();
    lastEnd = endBefore;
  }

  /** Goes on behind an operator that must be here. */
  void expect(String operator) throws ExpressionException {
    if (!is(operator)) {
      throw unexpected("\"" + operator + "\" is expected here");
    }
    next();
  }

  /** Goes on behind a name that must be here. */
  String expectName() throws ExpressionException {
    if (kind != Kind.NAME) {
      throw unexpected("a name is expected here");
    }
    String name = text;
    next();
    return name;
  }

  void next() throws ExpressionException {
    lastEnd = end;
    skipSpace();
    start = end;
    if (end >= limit) {
      kind = Kind.END;
      text = "";
      return;
    }
    char c = source.charAt(end);
    if (c >= '0' && c <= '9' || c == '.' && isDigit(peek(1))) {
      number();
    } else if (c == '"' || c == '\'' || c == '`') {
      literal(c);
    } else if (c == '$' && peek(1) != '{' && !isNamePart(end + 1)) {
      kind = Kind.PATH;
      text = "$";
      end++;
    } else if (c != '$' && isNamePart(end) || c == '$' && peek(1) != '{') {
      name();
    } else {
      operator(c);
    }
  }

  private void name() throws ExpressionException {
    int at = end;
    while (isNamePart(at)) {
      at += Character.charCount(source.codePointAt(at));
    }
    text = source.substring(end, at);
    end = at;
    if ((text.equals("b") || text.equals("B")) && (following() == '"' || following() == '\'')) {
      kind = Kind.BYTES;
      bytes = texts.bytes(end);
      end = texts.end();
      return;
    }
    kind = isWordOperator(text) ? Kind.OPERATOR : Kind.NAME;
  }

  static boolean isWordOperator(String word) {
    return switch (word) {
      case "in",
          "or",
          "and",
          "not",
          "matches",
          "contains",
          "startsWith",
          "endsWith",
          "let",
          "if",
          "else" ->
          true;
      default -> false;
    };
  }

  private void literal(char quote) throws ExpressionException {
    kind = Kind.TEXT;
    pieces = texts.text(end, quote);
    end = texts.end();
    text = "";
  }

  private void operator(char c) throws ExpressionException {
    char second = peek(1);
    boolean twice =
        switch (c) {
          case '?' -> second == '.' || second == '?';
          case '|', '&', ':', '.' -> second == c;
          case '*' -> second == '*';
          case '=', '!', '<', '>' -> second == '=';
          case '(', ')', '[', ']', '{', '}', ',', ';', '%', '+', '-', '^', '/', '#' -> false;
          case '$' -> true;
          default -> throw unknownCharacter();
        };
    kind = Kind.OPERATOR;
    text = source.substring(end, end + (twice ? 2 : 1));
    end += text.length();
  }

  private ExpressionException unknownCharacter() {
    int length = Character.charCount(source.codePointAt(end));
    return syntax(
        "unexpected character " + source.substring(end, Math.min(limit, end + length)),
        end,
        end + length);
  }

  /** Digits as Go's scanner takes them: {@code 0x2A}, {@code 1_000}, {@code .5}, {@code 1e3}. */
  private void number() throws ExpressionException {
    int from = end;
    String digits = "0123456789_";
    if (accept("0")) {
      if (accept("xX")) {
        digits = "0123456789abcdefABCDEF_";
      } else if (accept("oO")) {
        digits = "01234567_";
      } else if (accept("bB")) {
        digits = "01_";
      }
    }
    acceptAll(digits);
    // In 1..2 the dots are an operator.
    boolean range = peek(0) == '.' && peek(1) == '.';
    if (!range && accept(".")) {
      acceptAll(digits);
    }
    if (!range && accept("eE")) {
      accept("+-");
      acceptAll(digits);
    }
    if (isNamePart(end)) {
      throw syntax("\"" + source.substring(from, end + 1) + "\" is no number", from, end + 1);
    }
    kind = Kind.NUMBER;
    text = source.substring(from, end);
  }

  private boolean accept(String any) {
    if (end < limit && any.indexOf(source.charAt(end)) >= 0) {
      end++;
      return true;
    }
    return false;
  }

  private void acceptAll(String any) {
    while (accept(any)) {
      // Every step is in the condition.
    }
  }

  private char peek(int ahead) {
    return end + ahead < limit ? source.charAt(end + ahead) : 0;
  }

  private void skipSpace() throws ExpressionException {
    while (end < limit) {
      char c = source.charAt(end);
      if (Texts.isSpace(c)) {
        end++;
      } else if (c == '/' && peek(1) == '/') {
        while (end < limit && source.charAt(end) != '\n') {
          end++;
        }
      } else if (c == '/' && peek(1) == '*') {
        int close = source.indexOf("*/", end + 2);
        if (close < 0 || close + 2 > limit) {
          throw syntax("the comment is not closed", end, end + 2);
        }
        end = close + 2;
      } else {
        return;
      }
    }
  }

  private boolean isNamePart(int at) {
    return at < limit && isNamePart(source, at);
  }

  static boolean isNamePart(String source, int at) {
    char c = source.charAt(at);
    if (c < 128) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '$';
    }
    int point = source.codePointAt(at);
    return Character.isLetter(point) || Character.isDigit(point);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** What to call the current token in a message. */
  String found() {
    return kind == Kind.END ? "the end" : source.substring(start, end);
  }

  ExpressionException unexpected(@Nullable String hint) {
    return new ExpressionException(
        ExpressionException.SYNTAX,
        kind == Kind.END ? "the expression ends too early" : "unexpected " + found(),
        hint,
        start,
        Math.max(start, end),
        false);
  }

  static ExpressionException syntax(String message, int start, int end) {
    return new ExpressionException(ExpressionException.SYNTAX, message, null, start, end, false);
  }

  /** An empty list to collect pieces in. */
  static List<Object> newPieces() {
    return new ArrayList<>(3);
  }
}

package io.testmesh.engine.path;

import java.util.Locale;

/** The text of a path while it is parsed: where we are, and errors with their place. */
final class PathText {
  private static final int END = -1;

  private final String text;
  private int at;

  PathText(String text, int start) {
    this.text = text;
    this.at = start;
  }

  int at() {
    return at;
  }

  void moveTo(int place) {
    at = place;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** The next UTF-16 unit, or -1 at the end. */
  int peek() {
    return peek(0);
  }

  /** The unit so many places ahead, or -1 behind the end. */
  int peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : END;
  }

  void skip(int units) {
    at += units;
  }

  boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  boolean take(String word) {
    if (!text.startsWith(word, at)) {
      return false;
    }
    at += word.length();
    return true;
  }

  /** Skips white space as the grammar knows it. */
  void skipBlanks() {
    while (isBlank(peek())) {
      at++;
    }
  }

  static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLowerCase(int c) {
    return c >= 'a' && c <= 'z';
  }

  /** Whether a member's name without quotes may begin so; other scripts may. */
  static boolean isNameStart(int c) {
    return isLowerCase(c) || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
  }

  /** Takes a name without quotes, which begins here (RFC 9535, 2.5.1.1). */
  String takeName() throws PathException {
    int start = at;
    while (isNameStart(peek()) || isDigit(peek())) {
      at++;
      skipLowHalf();
    }
    return from(start);
  }

  /**
   * Goes over the second half of a surrogate pair, if the unit before was the first.
   *
   * @throws PathException for a half alone
   */
  void skipLowHalf() throws PathException {
    char c = text.charAt(at - 1);
    if (Character.isSurrogate(c)) {
      if (Character.isLowSurrogate(c) || isAtEnd() || !Character.isLowSurrogate(text.charAt(at))) {
        throw error("half of a surrogate pair is no character", at - 1, at);
      }
      at++;
    }
  }

  /** What was taken since a place. */
  String from(int start) {
    return text.substring(start, at);
  }

  /** What stands here, for a message. */
  String found() {
    if (isAtEnd()) {
      return "found the end";
    }
    int character = text.codePointAt(at);
    if (character < ' ' || character == 0x7f || Character.isSurrogate((char) character)) {
      return "found the character U+" + hex(character);
    }
    return "found \"" + new StringBuilder().appendCodePoint(character) + "\"";
  }

  private static String hex(int character) {
    String digits = Integer.toHexString(character).toUpperCase(Locale.ROOT);
    return "0000".substring(Math.min(digits.length(), 4)) + digits;
  }

  /** Something else is expected where we are. */
  PathException expected(String what) {
    return expected(what, "");
  }

  /** Something else is expected where we are; with a hint. */
  PathException expected(String what, String hint) {
    return error("expected " + what + ", " + found() + (hint.isEmpty() ? "" : "; " + hint), at, at);
  }

  /** What stands from a place up to here is wrong. */
  PathException errorSince(int start, String message) {
    return error(message, start, at);
  }

  /** An error; an empty range is widened to the character that stands there. */
  PathException error(String message, int start, int end) {
    int first = Math.min(start, text.length());
    int last = Math.min(end, text.length());
    if (last <= first && first < text.length()) {
      last = first + Character.charCount(text.codePointAt(first));
    }
    return new PathException(message, first, Math.max(first, last));
  }
}

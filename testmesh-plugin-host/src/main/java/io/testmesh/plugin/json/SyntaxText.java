package io.testmesh.plugin.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** What people are told of a text that is no JSON: the character, and what probably was meant. */
final class SyntaxText {
  private SyntaxText() {}

  static JsonFault of(String text, JsonProcessingException wrong) {
    JsonLocation location = wrong.getLocation();
    int offset = location == null ? 0 : (int) Math.max(location.getCharOffset(), 0);
    if (offset >= text.length()) {
      return at(text, text.length(), "the file ends too early");
    }
    if (wrong.getOriginalMessage().startsWith("Illegal unquoted character")) {
      return at(text, offset, "a text has to end in its line; a line break in it is written \\n");
    }
    int word = wordStart(text, offset);
    if (word < offset || Character.isJavaIdentifierStart(text.charAt(offset))) {
      return at(text, word, word(text, word));
    }
    char found = text.charAt(offset);
    char before = before(text, offset);
    String message =
        switch (found) {
          case '}', ']' ->
              before == ','
                  ? "a comma before " + found + " is not allowed"
                  : before == ':' ? "a value is missing before " + found : unexpected(found);
          case '\'' -> "JSON wants double quotes";
          case '/', '#' -> "JSON has no comments";
          case '<', '=', '>' ->
              text.startsWith(String.valueOf(found).repeat(7), offset)
                  ? "the file holds an unsolved merge conflict"
                  : unexpected(found);
          case '"' ->
              before == ',' || before == '{' || before == '[' || before == ':'
                  ? "the text that begins here does not end in its line"
                  : "a comma or colon is missing before \"";
          default -> unexpected(found);
        };
    return at(text, offset, message);
  }

  /** Where the word begins that the reader stopped in or behind; the offset when it is in none. */
  private static int wordStart(String text, int offset) {
    int start = offset;
    while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
      start--;
    }
    return start < offset && Character.isDigit(text.charAt(start)) ? offset : start;
  }

  private static String word(String text, int start) {
    int end = start;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    String word = text.substring(start, Math.min(end, start + 20));
    char before = before(text, start);
    return before == '{' || before == ','
        ? "the key " + word + " has to stand in double quotes"
        : "unexpected " + word;
  }

  private static String unexpected(char found) {
    return "unexpected " + (found < ' ' ? "end of the line" : String.valueOf(found));
  }

  private static char before(String text, int offset) {
    for (int i = offset - 1; i >= 0; i--) {
      if (!Character.isWhitespace(text.charAt(i))) {
        return text.charAt(i);
      }
    }
    return ' ';
  }

  private static JsonFault at(String text, int offset, String message) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return new JsonFault(JsonFault.Kind.SYNTAX, message, line, offset - start + 1);
  }
}

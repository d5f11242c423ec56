package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code host=localhost password='it\\'s quoted'}, as libpq does (PostgreSQL documentation,
 * section "Keyword/Value Connection Strings"). Belongs to one thread.
 */
final class KeywordText {
  private final String text;
  private int at;

  private KeywordText(String text) {
    this.text = text;
  }

  /**
   * The words and their values, in order.
   *
   * @throws ActionException code {@code invalid_value}
   */
  static Map<String, String> parse(String text) throws ActionException {
    return new KeywordText(text).parse();
  }

  private Map<String, String> parse() throws ActionException {
    Map<String, String> words = new LinkedHashMap<>();
    skipSpace();
    while (at < text.length()) {
      String word = word();
      skipSpace();
      if (word.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
        throw ConnectionText.invalid(
            "is neither a URL nor a list of name=value",
            "postgres://user:password@host:5432/database, or host=localhost dbname=orders user=me");
      }
      at++;
      skipSpace();
      words.put(word, at < text.length() && text.charAt(at) == '\'' ? quoted() : plain());
      skipSpace();
    }
    if (words.isEmpty()) {
      throw ConnectionText.invalid("is empty", "postgres://user:password@host:5432/database");
    }
    return words;
  }

  private String word() {
    int start = at;
    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || isJoint())) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean isJoint() {
    return text.charAt(at) == '_';
  }

  private String plain() {
    StringBuilder value = new StringBuilder();
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    return value.toString();
  }

  private String quoted() throws ActionException {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '\'') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    if (at >= text.length()) {
      throw ConnectionText.invalid(
          "has a value whose quote is not closed", "a quote inside of it is written as \\'");
    }
    at++;
    return value.toString();
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}

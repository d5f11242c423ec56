package io.testmesh.engine.expression;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads text literals: escapes and placeholders. */
final class TextReader {
  private final String source;
  private final int limit;
  private int at;

  TextReader(String source, int limit) {
    this.source = source;
    this.limit = limit;
  }

  /** Where the literal that was read ends. */
  int end() {
    return at;
  }

  /** The pieces of the literal at a place: texts and placeholders. */
  List<Object> text(int open, char quote) throws ExpressionException {
    List<Object> pieces = Lexer.newPieces();
    StringBuilder text = new StringBuilder();
    boolean raw = quote == '`';
    at = open + 1;
    while (true) {
      if (at >= limit) {
        throw notClosed(open);
      }
      char c = source.charAt(at);
      if (c == quote) {
        at++;
        if (!raw || at >= limit || source.charAt(at) != quote) {
          break;
        }
        text.append(quote);
        at++;
      } else if (c == '\\' && Placeholder.opens(source, at + 1, limit)) {
        text.append(source, at + 1, at + 3);
        at += 3;
      } else if (Placeholder.opens(source, at, limit)) {
        Placeholder placeholder = Placeholder.scan(source, at, limit);
        if (text.length() > 0) {
          pieces.add(text.toString());
          text.setLength(0);
        }
        pieces.add(placeholder);
        at = placeholder.close();
      } else if (c == '\\' && !raw) {
        text.appendCodePoint(escape(quote));
      } else if (c == '\n' && !raw) {
        throw notClosed(open);
      } else {
        text.append(c);
        at++;
      }
    }
    if (text.length() > 0 || pieces.isEmpty()) {
      pieces.add(text.toString());
    }
    return pieces;
  }

  /** The bytes of the literal whose quote is at a place. */
  byte[] bytes(int open) throws ExpressionException {
    char quote = source.charAt(open);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    at = open + 1;
    while (at < limit && source.charAt(at) != quote && source.charAt(at) != '\n') {
      int point = source.codePointAt(at);
      if (point == '\\') {
        boolean isByte = at + 1 < limit && "01234567x".indexOf(source.charAt(at + 1)) >= 0;
        int value = escape(quote);
        if (isByte) {
          bytes.write(value);
          continue;
        }
        point = value;
      } else {
        at += Character.charCount(point);
      }
      bytes.writeBytes(new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8));
    }
    if (at >= limit || source.charAt(at) != quote) {
      throw notClosed(open);
    }
    at++;
    return bytes.toByteArray();
  }

  private int escape(char quote) throws ExpressionException {
    int from = at;
    char c = at + 1 < limit ? source.charAt(at + 1) : 0;
    at += 2;
    switch (c) {
      case 'a':
        return 7;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'v':
        return 11;
      case '\\':
        return '\\';
      case '0', '1', '2', '3':
        at--;
        return digits(from, 3, 8);
      case 'x':
        return digits(from, 2, 16);
      case 'u':
        return unicode(from);
      case 'U':
        return point(from, digits(from, 8, 16));
      default:
        if (c == quote) {
          return quote;
        }
        throw badEscape(from);
    }
  }

  private int unicode(int from) throws ExpressionException {
    if (at < limit && source.charAt(at) == '{') {
      int close = source.indexOf('}', at);
      if (close < 0 || close >= limit || close - at - 1 > 8 || close == at + 1) {
        throw badEscape(from);
      }
      at++;
      int value = digits(from, close - at, 16);
      at++;
      return point(from, value);
    }
    int high = digits(from, 4, 16);
    if (Character.isHighSurrogate((char) high) && source.startsWith("\\u", at)) {
      at += 2;
      int low = digits(from, 4, 16);
      if (Character.isLowSurrogate((char) low)) {
        return Character.toCodePoint((char) high, (char) low);
      }
      throw badEscape(from);
    }
    return point(from, high);
  }

  private int point(int from, int value) throws ExpressionException {
    if (value < 0 || value > Character.MAX_CODE_POINT || value >= 0xD800 && value <= 0xDFFF) {
      throw badEscape(from);
    }
    return value;
  }

  private int digits(int from, int count, int radix) throws ExpressionException {
    int value = 0;
    for (int i = 0; i < count; i++, at++) {
      int digit = at < limit ? Character.digit(source.charAt(at), radix) : -1;
      if (digit < 0 || source.charAt(at) > 127) {
        throw badEscape(from);
      }
      value = value * radix + digit;
    }
    return value;
  }

  private ExpressionException badEscape(int from) {
    int to = Math.min(limit, from + 2);
    return new ExpressionException(
        ExpressionException.SYNTAX,
        "unknown escape " + source.substring(from, to) + " in a text",
        "write \\\\ for a backslash, or put the text into backticks",
        from,
        to,
        false);
  }

  private ExpressionException notClosed(int open) {
    return Lexer.syntax("the text that begins here is not closed", open, Math.min(limit, open + 1));
  }
}

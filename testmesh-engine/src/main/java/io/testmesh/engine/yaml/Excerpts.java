package io.testmesh.engine.yaml;

import io.testmesh.flow.SourceSpan;
import java.util.ArrayList;
import java.util.List;

/** Shows lines of a source text with a place marked. */
public final class Excerpts {
  private static final int GUTTER = 5;
  private static final int LONGEST = 120;
  private static final int BEFORE_MARK = 40;

  private Excerpts() {}

  /**
   * The line before the place, the line, and a line of marks, for a file of which only a part is at
   * hand.
   *
   * @param firstLine the number of the part's first line
   * @param part lines of the file
   * @param span the place in the file
   */
  public static List<String> of(int firstLine, String part, SourceSpan span) {
    int before = firstLine - 1;
    SourceSpan inPart =
        new SourceSpan(
            span.file(),
            Math.max(0, span.line() - before),
            span.column(),
            Math.max(0, span.endLine() - before),
            span.endColumn());
    return of(new SourceText(span.file(), part), inPart, before);
  }

  /** The line before the place, the line, and a line of marks; empty for an unknown place. */
  static List<String> of(SourceText source, SourceSpan span) {
    return of(source, span, 0);
  }

  private static List<String> of(SourceText source, SourceSpan span, int linesBefore) {
    int line = span.line();
    if (line < 1 || line > source.lines()) {
      return List.of();
    }
    int lineStart = source.lineStart(line);
    int lineEnd = source.lineEnd(line);
    int from = Math.min(source.offset(line, span.column()), lineEnd);
    int to = span.endLine() > line ? lineEnd : source.offset(line, span.endColumn());
    int first = Math.max(lineStart, Math.min(from - BEFORE_MARK, lineEnd - LONGEST));
    if (Character.isLowSurrogate(charAt(source, first)) && first > lineStart) {
      first++;
    }

    List<String> lines = new ArrayList<>(3);
    if (line > 1) {
      int previous = source.lineStart(line - 1);
      lines.add(
          numbered(
              linesBefore + line - 1, shown(source, previous, previous, source.lineEnd(line - 1))));
    }
    lines.add(numbered(linesBefore + line, shown(source, lineStart, first, lineEnd)));
    String indent = first > lineStart ? " " : "";
    int last = Math.min(Math.min(to, lineEnd), first + LONGEST);
    lines.add(" ".repeat(GUTTER) + " | " + indent + marks(source.text(), first, from, last));
    return lines;
  }

  private static char charAt(SourceText source, int offset) {
    return offset < source.text().length() ? source.text().charAt(offset) : ' ';
  }

  private static String numbered(int line, String text) {
    String number = Integer.toString(line);
    String gutter = " ".repeat(Math.max(0, GUTTER - number.length())) + number + " |";
    return text.isEmpty() ? gutter : gutter + " " + text;
  }

  private static String shown(SourceText source, int lineStart, int first, int lineEnd) {
    int last = Math.min(lineEnd, first + LONGEST);
    StringBuilder text = new StringBuilder(last - first + 2);
    if (first > lineStart) {
      text.append('…');
    }
    for (int i = first; i < last; ) {
      int character = source.text().codePointAt(i);
      text.appendCodePoint(printable(character));
      i += Character.charCount(character);
    }
    return (last < lineEnd ? text.append('…') : text).toString().stripTrailing();
  }

  private static String marks(String text, int first, int from, int last) {
    StringBuilder marks = new StringBuilder();
    for (int i = first; i < Math.max(from, last); ) {
      int character = text.codePointAt(i);
      marks.append((i < from ? " " : "^").repeat(width(character)));
      i += Character.charCount(character);
    }
    return (marks.indexOf("^") < 0 ? marks.append('^') : marks).toString();
  }

  /** A tab has no width of its own, and a control character could drive the terminal. */
  private static int printable(int character) {
    if (character == '\t') {
      return ' ';
    }
    return Character.isISOControl(character) || isDirection(character) ? '\uFFFD' : character;
  }

  private static boolean isDirection(int c) {
    return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
  }

  /** How many columns a terminal gives the character (Unicode Standard Annex 11, in the rough). */
  private static int width(int character) {
    if (character < 0x300) {
      return 1;
    }
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    if (type == Character.FORMAT && !isDirection(character)) {
      return 0;
    }
    return isWide(character) ? 2 : 1;
  }

  private static boolean isWide(int c) {
    return c >= 0x1100 && c <= 0x115F
        || c >= 0x2E80 && c <= 0xA4CF
        || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0xFE30 && c <= 0xFE6F
        || c >= 0xFF00 && c <= 0xFF60
        || c >= 0xFFE0 && c <= 0xFFE6
        || c >= 0x1F300 && c <= 0x1FAFF
        || c >= 0x20000 && c <= 0x3FFFD;
  }
}

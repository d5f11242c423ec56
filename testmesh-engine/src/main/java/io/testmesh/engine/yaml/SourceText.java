package io.testmesh.engine.yaml;

import io.testmesh.flow.SourceSpan;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text that knows its lines, and how offsets (UTF-16) and characters (code points) correspond.
 * Every answer takes constant or logarithmic time, also in a document of one very long line.
 */
final class SourceText {
  private static final int BLOCK = 256;

  private final String name;
  private final String text;
  private final int[] lineStarts;
  private final int lines;

  /** Characters before each block of offsets; null where every character is one UTF-16 unit. */
  private final int @Nullable [] charactersBefore;

  SourceText(String name, String text) {
    this.name = name;
    this.text = text;
    int[] starts = new int[Math.max(16, text.length() / 32)];
    int count = 1;
    boolean wide = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = i + 1;
      }
      wide |= Character.isSurrogate(c);
    }
    lineStarts = starts;
    lines = count;
    charactersBefore = wide ? countCharacters(text) : null;
  }

  private static int[] countCharacters(String text) {
    int[] before = new int[text.length() / BLOCK + 1];
    int characters = 0;
    for (int i = 0; i < text.length(); i++) {
      if (i % BLOCK == 0) {
        before[i / BLOCK] = characters;
      }
      if (!isSecondHalf(text, i)) {
        characters++;
      }
    }
    if (text.length() % BLOCK == 0) {
      before[text.length() / BLOCK] = characters;
    }
    return before;
  }

  private static boolean isSecondHalf(String text, int offset) {
    return offset > 0
        && Character.isLowSurrogate(text.charAt(offset))
        && Character.isHighSurrogate(text.charAt(offset - 1));
  }

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  /** How many lines there are, an empty last one included. */
  int lines() {
    return lines;
  }

  /** The line of an offset, from 1. */
  int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, 0, lines, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The offset of the line's first character. */
  int lineStart(int line) {
    return lineStarts[line - 1];
  }

  /** The column of an offset in characters, from 1. */
  int column(int offset) {
    return characters(offset) - characters(lineStart(line(offset))) + 1;
  }

  /** The offset after the line's last character, before its line break. */
  int lineEnd(int line) {
    int end = line < lines ? lineStarts[line] : text.length();
    while (end > lineStart(line)
        && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return end;
  }

  /** The offset of a column, from 1; it may lie beyond the line's end. */
  int offset(int line, int column) {
    return offset(characters(lineStart(line)) + column - 1);
  }

  /** The offset of the so many-th character of the text, from 0. */
  int offset(int character) {
    int[] before = charactersBefore;
    if (before == null) {
      return Math.min(character, text.length());
    }
    int found = Arrays.binarySearch(before, character);
    int block = found >= 0 ? found : -found - 2;
    int offset = block * BLOCK;
    if (offset < text.length() && isSecondHalf(text, offset)) {
      offset++;
    }
    for (int left = character - before[block]; left > 0 && offset < text.length(); left--) {
      offset += Character.charCount(text.codePointAt(offset));
    }
    return offset;
  }

  private int characters(int offset) {
    int[] before = charactersBefore;
    if (before == null) {
      return offset;
    }
    int characters = before[offset / BLOCK];
    for (int i = offset - offset % BLOCK; i < offset; i++) {
      if (!isSecondHalf(text, i)) {
        characters++;
      }
    }
    return characters;
  }

  /** The place of a range of offsets; what lies beyond the end is taken for the end. */
  SourceSpan span(int start, int end) {
    int first = Math.min(start, text.length());
    int last = Math.min(Math.max(first, end), text.length());
    return new SourceSpan(name, line(first), column(first), line(last), column(last));
  }
}

package io.testmesh.engine.run;

/** A line of a text with a mark below one of its characters. */
final class MarkedText {
  private static final int LONGEST_LINE = 160;

  private MarkedText() {}

  /**
   * The line in which a character stands, cut when it is long, and a line with a {@code ^} below
   * the character.
   *
   * @param index of the character; the length of the text for its end
   */
  static String at(String text, int index) {
    int start = text.lastIndexOf('\n', index - 1) + 1;
    int end = text.indexOf('\n', index);
    String line = text.substring(start, end < 0 ? text.length() : end);
    int column = index - start;
    int from = Math.max(0, column - LONGEST_LINE / 2);
    int to = Math.min(line.length(), from + LONGEST_LINE);
    String front = from > 0 ? "…" : "";
    String back = to < line.length() ? "…" : "";
    String shown = front + line.substring(from, to).replace('\t', ' ') + back;
    return shown + "\n" + " ".repeat(front.length() + column - from) + "^";
  }
}

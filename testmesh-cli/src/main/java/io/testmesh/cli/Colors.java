package io.testmesh.cli;

/**
 * Colours a finished plain text line by line, so that text and colours never mix while it is made.
 */
final class Colors {
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String END = "\u001b[0m";

  private static final String[][] WORDS = {
    {"FAILED", BOLD + RED},
    {"ERROR", BOLD + RED},
    {"CANCELLED", BOLD + YELLOW},
    {"failed", RED},
    {"error", RED},
    {"passed", GREEN},
    {"skipped", YELLOW},
    {"cancelled", YELLOW},
    {"warning:", YELLOW},
  };

  private Colors() {}

  static String paint(String text) {
    StringBuilder to = new StringBuilder(text.length() + 64);
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      line(to, text.substring(from, end < 0 ? text.length() : end));
      if (end >= 0) {
        to.append('\n');
      }
      from = end < 0 ? text.length() : end + 1;
    }
    return to.toString();
  }

  private static void line(StringBuilder to, String line) {
    int start = 0;
    while (start < line.length() && line.charAt(start) == ' ') {
      start++;
    }
    for (String[] word : WORDS) {
      // A word of ours stands at the margin or under a flow, with two blanks after it.
      if (start <= 2
          && line.startsWith(word[0], start)
          && (word[0].endsWith(":") || line.startsWith("  ", start + word[0].length()))) {
        to.append(line, 0, start).append(word[1]).append(word[0]).append(END);
        to.append(line, start + word[0].length(), line.length());
        return;
      }
    }
    int bar = line.indexOf("| ");
    if (bar >= 0 && isOnly(line, 0, bar, " 0123456789")) {
      boolean marks = isOnly(line, bar + 1, line.length(), " \t^");
      to.append(DIM).append(line, 0, bar + 1).append(END);
      if (marks) {
        to.append(RED).append(line, bar + 1, line.length()).append(END);
      } else {
        to.append(line, bar + 1, line.length());
      }
      return;
    }
    if (isSummary(line)) {
      boolean good =
          line.indexOf(" passed") > 0
              && line.indexOf(" failed") < 0
              && line.indexOf(" error") < 0
              && line.indexOf(" cancelled") < 0
              && line.indexOf(" problem") < 0;
      to.append(BOLD).append(good ? GREEN : RED).append(line).append(END);
      return;
    }
    to.append(line);
  }

  private static boolean isSummary(String line) {
    int digits = 0;
    while (digits < line.length() && Character.isDigit(line.charAt(digits))) {
      digits++;
    }
    return digits > 0
        && (line.startsWith(" flow: ", digits) || line.startsWith(" flows: ", digits));
  }

  private static boolean isOnly(String line, int from, int to, String characters) {
    for (int i = from; i < to; i++) {
      if (characters.indexOf(line.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}

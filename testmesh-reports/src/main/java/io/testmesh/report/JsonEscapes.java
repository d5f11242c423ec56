package io.testmesh.report;

/** Characters of a JSON text that do not stand for themselves, in UTF-8. */
final class JsonEscapes {
  private static final String HEX = "0123456789ABCDEF";
  private static final String SHORT = "b\bt\tn\nf\fr\r\"\"\\\\";

  private JsonEscapes() {}

  /**
   * Tells which characters of ASCII stand for themselves.
   *
   * @param inHtml whether also those are escaped that could end or change a script element
   */
  static boolean[] plain(boolean inHtml) {
    boolean[] plain = new boolean[128];
    for (char c = ' '; c < plain.length; c++) {
      boolean isMarkup = c == '<' || c == '>' || c == '&';
      plain[c] = c != '"' && c != '\\' && !(inHtml && isMarkup);
    }
    return plain;
  }

  /** The code point at a place; a question mark for half of one, which UTF-8 cannot hold. */
  static int codePoint(String text, int at) {
    int point = text.codePointAt(at);
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '?' : point;
  }

  /** Writes a code point, with 6 bytes at most; gives the place behind it. */
  static int put(int point, byte[] to, int from, boolean[] plain) {
    int at = from;
    if (point < 0x80) {
      return plain[point] ? one(point, to, at) : escape(point, to, at);
    }
    // Line ends that JSON allows in a text, and older scripts do not.
    if ((point == 0x2028 || point == 0x2029) && !plain['<']) {
      return escape(point, to, at);
    }
    if (point < 0x800) {
      to[at++] = (byte) (0xC0 | point >> 6);
    } else {
      if (point < 0x10000) {
        to[at++] = (byte) (0xE0 | point >> 12);
      } else {
        to[at++] = (byte) (0xF0 | point >> 18);
        to[at++] = (byte) (0x80 | point >> 12 & 0x3F);
      }
      to[at++] = (byte) (0x80 | point >> 6 & 0x3F);
    }
    return one(0x80 | point & 0x3F, to, at);
  }

  private static int one(int value, byte[] to, int at) {
    to[at] = (byte) value;
    return at + 1;
  }

  private static int escape(int point, byte[] to, int from) {
    int at = one('\\', to, from);
    for (int i = 1; i < SHORT.length(); i += 2) {
      if (SHORT.charAt(i) == point) {
        return one(SHORT.charAt(i - 1), to, at);
      }
    }
    at = one('u', to, at);
    for (int shift = 12; shift >= 0; shift -= 4) {
      at = one(HEX.charAt(point >> shift & 0xF), to, at);
    }
    return at;
  }
}

package io.testmesh.plugin.manifest;

import java.util.Locale;

/** Foreign text in messages: no control characters, no characters that turn a line around. */
public final class Quoted {
  private static final int LONGEST = 100;

  private Quoted() {}

  /** The text in quotes, cut at 100 characters. */
  public static String text(String foreign) {
    return "\"" + inside(foreign) + "\"";
  }

  /** The text without quotes. */
  public static String inside(String foreign) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < foreign.length(); i++) {
      char c = foreign.charAt(i);
      if (i == LONGEST) {
        return safe.append('…').toString();
      }
      if (c == '\n') {
        safe.append("\\n");
      } else if (isUnprintable(c)) {
        String hex = Integer.toHexString(0x10000 + c).substring(1).toUpperCase(Locale.ROOT);
        safe.append("\\u").append(hex);
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  private static boolean isUnprintable(char c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}

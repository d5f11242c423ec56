package io.testmesh.integrations.common;

import io.testmesh.action.ActionException;

/** Checks headers that a flow writes (RFC 9110, 5.5 and 5.6.2). */
public final class HeaderText {
  private static final String MARKS = "!#$%&'*+-.^_`|~";

  private HeaderText() {}

  /**
   * Refuses what cannot be sent as a header.
   *
   * @throws ActionException code {@code invalid_value}
   */
  public static void check(String name, String value) throws ActionException {
    if (!isToken(name)) {
      throw invalid(name, "\"" + name + "\" cannot be the name of a header");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw invalid(
            name,
            "the header \""
                + name
                + "\" has a line break or control character at character "
                + (i + 1));
      }
    }
  }

  private static ActionException invalid(String name, String message) {
    return new ActionException(ActionException.INVALID_VALUE, message).at("headers", name);
  }

  /** Whether a text can be a method or the name of a header. */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}

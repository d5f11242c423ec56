package io.testmesh.plugin.manifest;

import io.testmesh.plugin.PluginException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin's id may be: {@code [a-z][a-z0-9]*([._-][a-z0-9]+)*}, 64 characters at most. An id
 * becomes a folder's name, a part of addresses and the first part of actions' names, so nothing is
 * done with one that was not checked.
 */
public final class PluginId {
  private static final int LONGEST = 64;

  /** What stands, or may come to stand, behind {@code /plugins/} in addresses. */
  private static final Set<String> RESERVED =
      Set.of(
          "discover",
          "events",
          "install",
          "list",
          "native",
          "registry",
          "search",
          "types",
          "updates");

  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private PluginId() {}

  /** Whether the whole text is an id; words that are taken count as ids. */
  public static boolean isValid(String id) {
    return fault(id) == null;
  }

  /**
   * Refuses what is no id.
   *
   * @throws PluginException ID_INVALID with an id that is near, or ID_RESERVED
   */
  public static void requireValid(String id) throws PluginException {
    String fault = fault(id);
    if (fault != null) {
      String near = suggestion(id);
      throw new PluginException(
          "ID_INVALID",
          "the id " + Quoted.text(id) + " " + fault,
          near == null ? null : "for example \"" + near + "\"");
    }
    if (isReserved(id)) {
      throw new PluginException(
          "ID_RESERVED",
          "the id \"" + id + "\" is a word that the address of plugins needs",
          "for example \"" + id + "-plugin\"");
    }
  }

  /** Whether addresses need the word themselves. */
  public static boolean isReserved(String id) {
    return RESERVED.contains(id);
  }

  /** What is wrong with an id, as the end of a sentence that begins with it; null when nothing. */
  static @Nullable String fault(String id) {
    if (id.length() > LONGEST) {
      return "is " + id.length() + " characters long, " + LONGEST + " are allowed";
    }
    if (id.isEmpty() || !isLetter(id.charAt(0))) {
      return "has to begin with a small letter";
    }
    for (int i = 1; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean between = c == '.' || c == '_' || c == '-';
      if (!between && !isLetter(c) && !isDigit(c)) {
        return "may hold small letters, digits and single . _ - between them, not "
            + Quoted.text(String.valueOf(c));
      }
      boolean follows = i + 1 < id.length() && isLetterOrDigit(id.charAt(i + 1));
      if (between && !follows) {
        return "needs a letter or digit after each . _ -";
      }
    }
    int dot = id.indexOf('.');
    String stem = dot < 0 ? id : id.substring(0, dot);
    return DEVICES.contains(stem) ? "is the name of a device on Windows" : null;
  }

  /** An id that is near to the text, or null. */
  static @Nullable String suggestion(String text) {
    StringBuilder id = new StringBuilder();
    boolean separate = false;
    for (int i = 0; i < text.length() && id.length() < LONGEST; i++) {
      char c = text.charAt(i);
      char small = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
      boolean fits = id.isEmpty() ? isLetter(small) : isLetterOrDigit(small);
      if (fits) {
        id.append(separate ? "-" : "").append(small);
      }
      separate = !fits && !id.isEmpty();
    }
    String made = id.toString();
    return isValid(made) && !isReserved(made) ? made : null;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetterOrDigit(char c) {
    return isLetter(c) || isDigit(c);
  }
}

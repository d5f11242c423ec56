package io.testmesh.engine.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How two values differ, in lines for people. */
public final class Difference {
  private static final int MOST_LINES = 20;
  private static final int LONG_TEXT = 60;
  private static final int CONTEXT = 20;
  private static final int LONGEST_VALUE = 120;

  private final List<String> lines = new ArrayList<>();
  private int hidden;

  private Difference() {}

  /**
   * One line for each place where the values differ: {@code items[2].price: 3 (number) instead of 4
   * (number)}, and for each key and item too many or too few. Empty for values that are short
   * enough to be compared by eye.
   *
   * @param name what to call the found value where the whole of it differs
   */
  public static List<String> lines(String name, @Nullable Object found, @Nullable Object expected) {
    boolean structured =
        found instanceof Map<?, ?> && expected instanceof Map<?, ?>
            || found instanceof List<?> && expected instanceof List<?>;
    boolean longTexts =
        found instanceof String a
            && expected instanceof String b
            && Math.max(a.length(), b.length()) > LONG_TEXT;
    if (!structured && !longTexts) {
      return List.of();
    }
    Difference difference = new Difference();
    difference.compare("", name, found, expected);
    if (difference.hidden > 0) {
      difference.lines.add("and " + difference.hidden + " more");
    }
    return List.copyOf(difference.lines);
  }

  private void compare(
      String path, String name, @Nullable Object found, @Nullable Object expected) {
    if (JsonValues.equal(found, expected)) {
      return;
    }
    if (found instanceof Map<?, ?> a && expected instanceof Map<?, ?> b) {
      compareMaps(path, a, b);
    } else if (found instanceof List<?> a && expected instanceof List<?> b) {
      compareLists(path, a, b);
    } else {
      String place = path.isEmpty() ? name : path;
      if (found instanceof String a
          && expected instanceof String b
          && Math.max(a.length(), b.length()) > LONG_TEXT) {
        add(place + ": " + textDifference(a, b));
      } else {
        add(place + ": " + shown(found) + " instead of " + shown(expected));
      }
    }
  }

  private void compareMaps(String path, Map<?, ?> found, Map<?, ?> expected) {
    for (Map.Entry<?, ?> entry : expected.entrySet()) {
      String place = member(path, String.valueOf(entry.getKey()));
      if (found.containsKey(entry.getKey())) {
        compare(place, place, found.get(entry.getKey()), entry.getValue());
      } else {
        add(place + ": missing, expected " + shown(entry.getValue()));
      }
    }
    for (Map.Entry<?, ?> entry : found.entrySet()) {
      if (!expected.containsKey(entry.getKey())) {
        add(
            member(path, String.valueOf(entry.getKey()))
                + ": unexpected, "
                + shown(entry.getValue()));
      }
    }
  }

  private void compareLists(String path, List<?> found, List<?> expected) {
    int common = Math.min(found.size(), expected.size());
    for (int i = 0; i < common; i++) {
      String place = path + "[" + i + "]";
      compare(place, place, found.get(i), expected.get(i));
    }
    for (int i = common; i < expected.size(); i++) {
      add(path + "[" + i + "]: missing, expected " + shown(expected.get(i)));
    }
    for (int i = common; i < found.size(); i++) {
      add(path + "[" + i + "]: unexpected, " + shown(found.get(i)));
    }
  }

  private void add(String line) {
    if (lines.size() < MOST_LINES) {
      lines.add(line);
    } else {
      hidden++;
    }
  }

  private static String member(String path, String key) {
    boolean plain = !key.isEmpty() && !Character.isDigit(key.charAt(0));
    for (int i = 0; plain && i < key.length(); i++) {
      plain = Character.isLetterOrDigit(key.charAt(i)) || key.charAt(i) == '_';
    }
    if (!plain) {
      return path + "[" + ValueText.json(key) + "]";
    }
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String shown(@Nullable Object value) {
    String text = ValueText.json(value);
    if (text.length() > LONGEST_VALUE) {
      text = text.substring(0, LONGEST_VALUE) + "…";
    }
    return value == null ? text : text + " (" + JsonValues.type(value) + ")";
  }

  /** The first place where two long texts differ, with what stands around it. */
  private static String textDifference(String found, String expected) {
    int at = 0;
    int common = Math.min(found.length(), expected.length());
    while (at < common && found.charAt(at) == expected.charAt(at)) {
      at++;
    }
    return "differs from character "
        + (found.codePointCount(0, at) + 1)
        + " on: "
        + around(found, at)
        + " instead of "
        + around(expected, at);
  }

  private static String around(String text, int at) {
    int from = Math.max(0, at - CONTEXT);
    int to = Math.min(text.length(), at + CONTEXT);
    return ValueText.json(
        (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : ""));
  }
}

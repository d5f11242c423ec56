package io.testmesh.engine.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
public final class NearNames {
  private static final int LONGEST = 100;

  private NearNames() {}

  /** The hint {@code did you mean "x"?}, or null when nothing is near enough to be sure. */
  public static @Nullable String hint(String wrong, Collection<String> known) {
    String near = find(wrong, known);
    return near == null ? null : "did you mean \"" + near + "\"?";
  }

  /**
   * The hint of {@link #hint}, else the known names, else null when there are none or far too many.
   */
  public static @Nullable String hintOrNames(String wrong, Collection<String> known) {
    String near = hint(wrong, known);
    if (near != null || known.isEmpty()) {
      return near;
    }
    List<String> names = new ArrayList<>(known);
    return names.size() > 30
        ? "there are " + names.size() + ", such as " + String.join(", ", names.subList(0, 10))
        : "there " + (names.size() == 1 ? "is " : "are ") + String.join(", ", names);
  }

  /** The nearest known name, or null when none is near. */
  public static @Nullable String find(String wrong, Collection<String> known) {
    String folded = fold(wrong);
    if (folded.isEmpty() || folded.length() > LONGEST) {
      return null;
    }
    int allowed = folded.length() < 3 ? 0 : folded.length() < 6 ? 1 : folded.length() < 10 ? 2 : 3;
    String best = null;
    int bestDistance = allowed + 1;
    for (String name : known) {
      String candidate = fold(name);
      if (name.equals(wrong) || candidate.length() > LONGEST) {
        continue;
      }
      int distance =
          Math.abs(candidate.length() - folded.length()) > allowed
              ? (isPart(folded, candidate) ? allowed : Integer.MAX_VALUE)
              : distance(folded, candidate);
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    return best;
  }

  private static boolean isPart(String wrong, String candidate) {
    return wrong.length() >= 4 && candidate.startsWith(wrong)
        || candidate.length() >= 4 && wrong.startsWith(candidate);
  }

  /**
   * Whether two different names are nearly the same, so that asking for one where the other is
   * there is a typing error: equal when case, {@code -} and {@code _} are ignored, or one edit or
   * swap apart for names of four letters and more, a plural {@code s} not counted.
   */
  public static boolean nearlySame(String left, String right) {
    String a = fold(left);
    String b = fold(right);
    if (a.equals(b)) {
      return !left.equals(right);
    }
    if (a.length() < 4 || b.length() < 4 || a.equals(b + "s") || b.equals(a + "s")) {
      return false;
    }
    return Math.abs(a.length() - b.length()) <= 1 && distance(a, b) == 1;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Edits and swaps of neighbours (the optimal string alignment distance). */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
            Math.min(Math.min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, before[j - 2] + 1);
        }
        current[j] = best;
      }
      int[] recycled = before;
      before = previous;
      previous = current;
      current = recycled;
    }
    return previous[b.length()];
  }
}

package io.testmesh.plugin.manifest;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant: one or two letters off, or spelled with other signs. */
public final class NearName {
  private NearName() {}

  /** The near name, or null when none is near enough. */
  public static @Nullable String of(String wrong, Collection<String> known) {
    String folded = fold(wrong);
    int allowed = folded.length() < 4 ? 0 : folded.length() < 7 ? 1 : 2;
    String best = null;
    int fewest = allowed + 1;
    for (String name : known) {
      int edits = name.equals(wrong) ? Integer.MAX_VALUE : edits(folded, fold(name), fewest);
      if (edits < fewest) {
        best = name;
        fewest = edits;
      }
    }
    return best;
  }

  private static String fold(String name) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != '_' && name.charAt(i) != '-' && name.charAt(i) != ' ') {
        letters.append(name.charAt(i));
      }
    }
    return letters.toString().toLowerCase(Locale.ROOT);
  }

  /** How many edits lie between two names; counts no further than the limit. */
  private static int edits(String a, String b, int limit) {
    if (a.equals(b)) {
      return 0;
    }
    if (limit == 0 || Math.abs(a.length() - b.length()) > limit) {
      return limit;
    }
    int same = 0;
    while (same < a.length() && same < b.length() && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    String restA = a.substring(same);
    String restB = b.substring(same);
    int less = limit - 1;
    int best = Math.min(limit, 1 + edits(skip(restA, 1), skip(restB, 1), less));
    best = Math.min(best, 1 + edits(skip(restA, 1), restB, less));
    best = Math.min(best, 1 + edits(restA, skip(restB, 1), less));
    boolean swapped =
        restA.length() > 1
            && restB.length() > 1
            && restA.charAt(0) == restB.charAt(1)
            && restA.charAt(1) == restB.charAt(0);
    return swapped ? Math.min(best, 1 + edits(skip(restA, 2), skip(restB, 2), less)) : best;
  }

  private static String skip(String text, int count) {
    return text.substring(Math.min(count, text.length()));
  }
}

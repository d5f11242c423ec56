package io.testmesh.plugin.host;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
final class NearKeys {
  private NearKeys() {}

  /** The known name that is nearest, or null when none is near. */
  static @Nullable String nearest(String wrong, Collection<String> known) {
    String best = null;
    int least = Math.max(2, wrong.length() / 3 + 1);
    for (String name : known) {
      int changes = changes(wrong, name);
      if (changes < least) {
        least = changes;
        best = name;
      }
    }
    return best;
  }

  /** How many letters have to be changed, added or taken away, whatever their case. */
  private static int changes(String from, String to) {
    int[] above = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 0; i < from.length(); i++) {
      row[0] = i + 1;
      for (int j = 0; j < to.length(); j++) {
        char a = Character.toLowerCase(from.charAt(i));
        char b = Character.toLowerCase(to.charAt(j));
        row[j + 1] = Math.min(above[j] + (a == b ? 0 : 1), 1 + Math.min(row[j], above[j + 1]));
      }
      int[] swap = above;
      above = row;
      row = swap;
    }
    return above[to.length()];
  }
}

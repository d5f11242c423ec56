package io.testmesh.cli;

/** Finds what was probably meant by a word that is not known. */
final class Spelling {
  private Spelling() {}

  /** Gives {@code ; did you mean "--tags"?}, or nothing when no known word is near. */
  static String hint(String wrong, String[] known) {
    String best = "";
    int least = wrong.length() < 7 ? 3 : 4;
    for (String word : known) {
      int distance = distance(wrong, word);
      if (wrong.length() > 3 && word.startsWith(wrong)) {
        distance = 1;
      }
      if (distance < least) {
        least = distance;
        best = word;
      }
    }
    return best.isEmpty() ? "" : "; did you mean \"" + best + "\"?";
  }

  /** How many letters have to be changed, added or taken away (Levenshtein). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}

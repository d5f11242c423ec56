package io.testmesh.plugin.manifest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which versions fit: comparisons that must all hold, such as {@code >=1.4 <3}. {@code ^1.2} is up
 * to the next major version, {@code ~1.2} up to the next minor one, a version alone is that one.
 *
 * @param comparisons all of them must hold
 */
record VersionRange(List<Comparison> comparisons) {

  private record Comparison(String operator, SemanticVersion version) {
    boolean holds(SemanticVersion other) {
      int order = other.compareTo(version);
      return switch (operator) {
        case ">=" -> order >= 0;
        case ">" -> order > 0;
        case "<=" -> order <= 0;
        case "<" -> order < 0;
        default -> order == 0;
      };
    }
  }

  /** The range that is written, or null when it is none. */
  static @Nullable VersionRange parse(String text) {
    List<Comparison> comparisons = new ArrayList<>();
    String pending = "";
    for (String word : text.replace(',', ' ').strip().split("\\s+", 0)) {
      int end = 0;
      while (end < word.length() && "<>=^~".indexOf(word.charAt(end)) >= 0) {
        end++;
      }
      String operator = pending + word.substring(0, end);
      String rest = word.substring(end);
      pending = rest.isEmpty() ? operator : "";
      if (!rest.isEmpty() && !add(comparisons, operator, rest)) {
        return null;
      }
    }
    return comparisons.isEmpty() || !pending.isEmpty() ? null : new VersionRange(comparisons);
  }

  private static boolean add(List<Comparison> comparisons, String operator, String text) {
    String full = SemanticVersion.parse(text) == null ? SemanticVersion.suggestion(text) : text;
    SemanticVersion version = full == null ? null : SemanticVersion.parse(full);
    if (version == null) {
      return false;
    }
    switch (operator) {
      case ">=", ">", "<=", "<" -> comparisons.add(new Comparison(operator, version));
      case "", "=", "==" -> comparisons.add(new Comparison("=", version));
      case "^", "~" -> {
        comparisons.add(new Comparison(">=", version));
        comparisons.add(new Comparison("<", next(version, operator.equals("^"))));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The first version that is not compatible any more; below 1.0 the minor number counts. */
  private static SemanticVersion next(SemanticVersion version, boolean major) {
    long first = version.numbers().get(0);
    long second = version.numbers().get(1);
    return major && first > 0
        ? new SemanticVersion(List.of(first + 1, 0L, 0L), List.of())
        : new SemanticVersion(List.of(first, second + 1, 0L), List.of());
  }

  boolean contains(SemanticVersion version) {
    for (Comparison comparison : comparisons) {
      if (!comparison.holds(version)) {
        return false;
      }
    }
    return true;
  }
}

package io.testmesh.plugin.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version as semver.org 2.0.0 has it. Build metadata is kept in the text and never compared.
 *
 * @param numbers major, minor and patch
 * @param preRelease what stands behind the hyphen, in parts; empty for a release
 */
public record SemanticVersion(List<Long> numbers, List<String> preRelease)
    implements Comparable<SemanticVersion> {
  private static final int LONGEST = 256;

  /** Copies the lists. */
  public SemanticVersion {
    numbers = List.copyOf(numbers);
    preRelease = List.copyOf(preRelease);
  }

  /** The version that is written, or null when it is none. */
  public static @Nullable SemanticVersion parse(String text) {
    int plus = text.indexOf('+');
    String precedence = plus < 0 ? text : text.substring(0, plus);
    if (text.length() > LONGEST || plus >= 0 && !areParts(text.substring(plus + 1), false)) {
      return null;
    }
    int hyphen = precedence.indexOf('-');
    String core = hyphen < 0 ? precedence : precedence.substring(0, hyphen);
    String pre = hyphen < 0 ? null : precedence.substring(hyphen + 1);
    String[] numbers = core.split("\\.", -1);
    if (numbers.length != 3 || pre != null && !areParts(pre, true)) {
      return null;
    }
    for (String number : numbers) {
      if (!isNumber(number)) {
        return null;
      }
    }
    return new SemanticVersion(
        List.of(Long.valueOf(numbers[0]), Long.valueOf(numbers[1]), Long.valueOf(numbers[2])),
        pre == null ? List.of() : List.of(pre.split("\\.", -1)));
  }

  /** The version that was probably meant by a text that is none, or null. */
  public static @Nullable String suggestion(String text) {
    String trimmed = text.strip();
    String bare =
        trimmed.startsWith("v") || trimmed.startsWith("V") ? trimmed.substring(1) : trimmed;
    int end = 0;
    while (end < bare.length() && (isDigit(bare.charAt(end)) || bare.charAt(end) == '.')) {
      end++;
    }
    StringBuilder core = new StringBuilder();
    int count = 0;
    for (String part : bare.substring(0, end).split("\\.", -1)) {
      int start = 0;
      while (start + 1 < part.length() && part.charAt(start) == '0') {
        start++;
      }
      core.append(count == 0 ? "" : ".").append(part.substring(start));
      count++;
    }
    for (; count < 3; count++) {
      core.append(".0");
    }
    String made = core + bare.substring(end);
    return parse(made) == null ? null : made;
  }

  /** The same without what stands behind the hyphen. */
  public SemanticVersion release() {
    return new SemanticVersion(numbers, List.of());
  }

  @Override
  public int compareTo(SemanticVersion other) {
    for (int i = 0; i < 3; i++) {
      int order = numbers.get(i).compareTo(other.numbers.get(i));
      if (order != 0) {
        return order;
      }
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    int both = Math.min(preRelease.size(), other.preRelease.size());
    for (int i = 0; i < both; i++) {
      int order = comparePart(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  /** Numbers by value and before words; words by their letters. */
  private static int comparePart(String left, String right) {
    boolean leftNumber = isNumber(left);
    boolean rightNumber = isNumber(right);
    if (leftNumber && rightNumber) {
      return Long.compare(Long.parseLong(left), Long.parseLong(right));
    }
    return leftNumber == rightNumber ? left.compareTo(right) : leftNumber ? -1 : 1;
  }

  private static boolean areParts(String text, boolean strictNumbers) {
    for (String part : text.split("\\.", -1)) {
      boolean digits = !part.isEmpty();
      for (int i = 0; i < part.length(); i++) {
        char c = part.charAt(i);
        digits &= isDigit(c);
        if (!isDigit(c) && c != '-' && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) {
          return false;
        }
      }
      if (part.isEmpty() || strictNumbers && digits && !isNumber(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String part) {
    if (part.isEmpty() || part.length() > 15 || part.length() > 1 && part.charAt(0) == '0') {
      return false;
    }
    for (int i = 0; i < part.length(); i++) {
      if (!isDigit(part.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

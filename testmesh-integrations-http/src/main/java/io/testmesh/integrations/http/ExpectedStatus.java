package io.testmesh.integrations.http;

import io.testmesh.action.ActionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a step says about the status in {@code expect_status}. */
final class ExpectedStatus {
  private final List<String> allowed;

  private ExpectedStatus(List<String> allowed) {
    this.allowed = allowed;
  }

  /**
   * Reads the value of the key.
   *
   * @return null when the key was not given
   * @throws ActionException code {@code invalid_value}
   */
  static @Nullable ExpectedStatus of(@Nullable Object value) throws ActionException {
    if (value == null) {
      return null;
    }
    List<?> written = value instanceof List<?> list ? list : List.of(value);
    if (written.isEmpty()) {
      throw invalid("an empty list");
    }
    List<String> allowed = new ArrayList<>(written.size());
    for (Object item : written) {
      String pattern = String.valueOf(item).toLowerCase(Locale.ROOT);
      if (!isPattern(pattern)) {
        throw invalid("\"" + item + "\"");
      }
      allowed.add(pattern);
    }
    return new ExpectedStatus(allowed);
  }

  private static boolean isPattern(String text) {
    if (text.equals("any")) {
      return true;
    }
    if (text.length() != 3 || text.charAt(0) < '1' || text.charAt(0) > '9') {
      return false;
    }
    return text.endsWith("xx") || (isDigit(text.charAt(1)) && isDigit(text.charAt(2)));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static ActionException invalid(String found) {
    return new ActionException(
        ActionException.INVALID_VALUE,
        "\"expect_status\" wants a status such as 201, a class such as 2xx, any, or a list of"
            + " these, got "
            + found);
  }

  boolean accepts(int status) {
    String digits = Integer.toString(status);
    for (String pattern : allowed) {
      if (pattern.equals("any")
          || pattern.equals(digits)
          || (pattern.endsWith("xx") && pattern.charAt(0) == digits.charAt(0))) {
        return true;
      }
    }
    return false;
  }

  /** The expectation in words, such as {@code 200 or 2xx}. */
  @Override
  public String toString() {
    return String.join(" or ", allowed);
  }
}

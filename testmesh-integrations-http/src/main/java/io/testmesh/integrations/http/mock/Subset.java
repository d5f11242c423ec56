package io.testmesh.integrations.http.mock;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a value holds all that another one asks for. */
final class Subset {
  private Subset() {}

  /**
   * A map holds another if it has all its keys, and their values hold the other's values. Lists
   * have the same length, item by item. Numbers are compared by value.
   */
  static boolean holds(@Nullable Object actual, @Nullable Object wanted) {
    if (wanted instanceof Map<?, ?> wantedMap) {
      if (!(actual instanceof Map<?, ?> actualMap)) {
        return false;
      }
      for (Map.Entry<?, ?> entry : wantedMap.entrySet()) {
        if (!actualMap.containsKey(entry.getKey())
            || !holds(actualMap.get(entry.getKey()), entry.getValue())) {
          return false;
        }
      }
      return true;
    }
    if (wanted instanceof List<?> wantedList) {
      if (!(actual instanceof List<?> actualList) || actualList.size() != wantedList.size()) {
        return false;
      }
      for (int i = 0; i < wantedList.size(); i++) {
        if (!holds(actualList.get(i), wantedList.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (wanted instanceof Number wantedNumber) {
      return actual instanceof Number actualNumber
          && decimal(actualNumber).compareTo(decimal(wantedNumber)) == 0;
    }
    return wanted == null ? actual == null : wanted.equals(actual);
  }

  private static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString());
  }
}

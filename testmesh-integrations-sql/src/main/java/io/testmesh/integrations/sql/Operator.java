package io.testmesh.integrations.sql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.testmesh.integrations.common.Values;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an item of {@code assertions} compares a value with the one that is expected. */
enum Operator {
  EQ("not", "eq", "==", "===") {
    @Override
    boolean holds(@Nullable Object found, @Nullable Object wanted) {
      return isSame(found, wanted);
    }
  },
  NEQ("and has to be other than", "neq", "!=", "!==") {
    @Override
    boolean holds(@Nullable Object found, @Nullable Object wanted) {
      return !isSame(found, wanted);
    }
  },
  GT("not greater than", "gt", ">") {
    @Override
    boolean holds(@Nullable Object found, @Nullable Object wanted) {
      return compare(found, wanted) > 0;
    }
  },
  GTE("not at least", "gte", ">=") {
    @Override
    boolean holds(@Nullable Object found, @Nullable Object wanted) {
      return compare(found, wanted) >= 0;
    }
  },
  LT("not less than", "lt", "<") {
    @Override
    boolean holds(@Nullable Object found, @Nullable Object wanted) {
      return compare(found, wanted) < 0;
    }
  },
  LTE("not at most", "lte", "<=") {
    @Override
    boolean holds(@Nullable Object found, @Nullable Object wanted) {
      return compare(found, wanted) <= 0;
    }
  },
  CONTAINS("which does not contain", "contains") {
    @Override
    boolean holds(@Nullable Object found, @Nullable Object wanted) {
      if (found instanceof List<?> list) {
        return list.stream().anyMatch(item -> isSame(item, wanted));
      }
      if (found instanceof Map<?, ?> map && wanted instanceof String key) {
        return map.containsKey(key);
      }
      if (found instanceof String text && wanted instanceof String part) {
        return text.contains(part);
      }
      throw new IllegalArgumentException(
          Values.kind(found) + " cannot contain " + Values.kind(wanted));
    }
  },
  MATCHES("which does not match", "matches") {
    @Override
    boolean holds(@Nullable Object found, @Nullable Object wanted) {
      if (found instanceof String text && wanted instanceof String pattern) {
        try {
          return Pattern.compile(pattern).matcher(text).find();
        } catch (PatternSyntaxException e) {
          throw new IllegalArgumentException("the pattern cannot be read: " + e.getMessage(), e);
        }
      }
      throw new IllegalArgumentException(
          Values.kind(found) + " is not matched with " + Values.kind(wanted));
    }
  },
  IN("not one of", "in") {
    @Override
    boolean holds(@Nullable Object found, @Nullable Object wanted) {
      if (wanted instanceof List<?> list) {
        return list.stream().anyMatch(item -> isSame(found, item));
      }
      throw new IllegalArgumentException("\"in\" wants a list, got " + Values.kind(wanted));
    }
  },
  IS_NULL("not null", "isNull", "is_null") {
    @Override
    boolean holds(@Nullable Object found, @Nullable Object wanted) {
      return found == null;
    }
  },
  IS_NOT_NULL("and has to be something", "isNotNull", "is_not_null") {
    @Override
    boolean holds(@Nullable Object found, @Nullable Object wanted) {
      return found != null;
    }
  };

  private final String denial;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> spellings;

  Operator(String denial, String... spellings) {
    this.denial = denial;
    this.spellings = List.of(spellings);
  }

  /**
   * Whether the comparison holds.
   *
   * @throws IllegalArgumentException when the two cannot be compared like that; the message says
   *     why
   */
  abstract boolean holds(@Nullable Object found, @Nullable Object wanted);

  /** What is said between a value for which it does not hold and the wanted one. */
  String denial() {
    return denial;
  }

  /** Whether there is nothing to compare with. */
  boolean isAlone() {
    return this == IS_NULL || this == IS_NOT_NULL;
  }

  /** All spellings, in order. */
  static String[] allSpellings() {
    return List.of(values()).stream()
        .flatMap(operator -> operator.spellings.stream())
        .toArray(String[]::new);
  }

  /** The operator of a spelling that a flow may write. */
  static Operator of(String spelling) {
    for (Operator operator : values()) {
      if (operator.spellings.contains(spelling)) {
        return operator;
      }
    }
    throw new IllegalArgumentException(spelling);
  }

  /** Whether two JSON-like values are equal; numbers by their value. */
  static boolean isSame(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Number first && other instanceof Number second) {
      return exact(first).compareTo(exact(second)) == 0;
    }
    if (one instanceof List<?> first && other instanceof List<?> second) {
      return first.size() == second.size() && areSame(first.iterator(), second.iterator());
    }
    if (one instanceof Map<?, ?> first && other instanceof Map<?, ?> second) {
      return first.keySet().equals(second.keySet())
          && first.keySet().stream().allMatch(key -> isSame(first.get(key), second.get(key)));
    }
    return Objects.equals(one, other);
  }

  private static boolean areSame(Iterator<?> first, Iterator<?> second) {
    while (first.hasNext()) {
      if (!isSame(first.next(), second.next())) {
        return false;
      }
    }
    return true;
  }

  /** Whether two values are equal, or their texts are: {@code "17"} and 17. */
  static boolean isSameOrAlike(@Nullable Object one, @Nullable Object other) {
    return isSame(one, other)
        || one != null && other != null && one.toString().equals(other.toString());
  }

  private static BigDecimal exact(Number number) {
    return new BigDecimal(number.toString());
  }

  private static int compare(@Nullable Object found, @Nullable Object wanted) {
    if (found instanceof Number first && wanted instanceof Number second) {
      return exact(first).compareTo(exact(second));
    }
    if (found instanceof String first && wanted instanceof String second) {
      return first.compareTo(second);
    }
    throw new IllegalArgumentException(
        Values.kind(found) + " and " + Values.kind(wanted) + " have no order");
  }
}

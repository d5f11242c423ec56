package io.testmesh.engine.path;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is true or false for a node (RFC 9535, 2.3.5). */
sealed interface Condition extends Term
    permits Comparison,
        Condition.All,
        Condition.Any,
        Condition.Not,
        Condition.Exists,
        Condition.Matches {
  boolean holds(@Nullable Object current, Evaluation evaluation);

  /** {@code &&}. */
  record All(List<Condition> conditions) implements Condition {
    /** Copies the list. */
    public All {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean holds(@Nullable Object current, Evaluation evaluation) {
      for (int i = 0; i < conditions.size(); i++) {
        if (!conditions.get(i).holds(current, evaluation)) {
          return false;
        }
      }
      return true;
    }
  }

  /** {@code ||}. */
  record Any(List<Condition> conditions) implements Condition {
    /** Copies the list. */
    public Any {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean holds(@Nullable Object current, Evaluation evaluation) {
      for (int i = 0; i < conditions.size(); i++) {
        if (conditions.get(i).holds(current, evaluation)) {
          return true;
        }
      }
      return false;
    }
  }

  /** {@code !}. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean holds(@Nullable Object current, Evaluation evaluation) {
      return !condition.holds(current, evaluation);
    }
  }

  /** A query alone: whether it finds anything, be it null or false. */
  record Exists(Query query) implements Condition {
    @Override
    public boolean holds(@Nullable Object current, Evaluation evaluation) {
      return query.exists(current, evaluation);
    }
  }

  /**
   * {@code match()} and {@code search()} (RFC 9535, 2.4.6 and 2.4.7).
   *
   * @param compiled the pattern when it is a literal, else null
   */
  record Matches(Operand text, Operand pattern, @Nullable Regex compiled, boolean whole)
      implements Condition {
    @Override
    public boolean holds(@Nullable Object current, Evaluation evaluation) {
      if (!(text.value(current, evaluation) instanceof String subject)) {
        return false;
      }
      Regex regex = compiled;
      if (regex == null && pattern.value(current, evaluation) instanceof String source) {
        regex = evaluation.regex(source);
      }
      if (regex == null) {
        return false;
      }
      evaluation.add(regex.cost(subject));
      return whole ? regex.matchesWhole(subject) : regex.isFoundIn(subject);
    }
  }
}

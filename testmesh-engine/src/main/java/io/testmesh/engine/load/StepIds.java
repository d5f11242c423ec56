package io.testmesh.engine.load;

import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceSpan;
import java.util.HashMap;
import java.util.Map;

/** The step ids of one flow: each is used once, in all phases and nested steps together. */
final class StepIds {
  /** What an id looks like, for people. */
  static final String FORM = "a letter, then letters, digits, \"_\" or \"-\", 64 at most";

  private static final int LONGEST = 64;

  private final Problems problems;
  private final Map<String, Claim> claims = new HashMap<>();

  StepIds(Problems problems) {
    this.problems = problems;
  }

  private record Claim(SourceSpan place, boolean written) {}

  /** What the id of a step without one begins with; its position from 1 follows. */
  static String prefix(Phase phase) {
    return switch (phase) {
      case SETUP -> "setup_";
      case STEPS -> "step_";
      case TEARDOWN -> "teardown_";
    };
  }

  /** Notes that a step has the id. */
  void claim(String id, SourceSpan place, boolean written) {
    Claim first = claims.putIfAbsent(id, new Claim(place, written));
    if (first == null) {
      return;
    }
    boolean generated = !first.written() || !written;
    problems.add(
        Problems.DUPLICATE_ID,
        place,
        "step id \"" + id + "\" is used twice; first at line " + first.place().line(),
        generated ? "a step without id is called by its position; choose another id" : null);
  }

  /**
   * Whether a text has the form of an id: a letter, then letters, digits, {@code _} and {@code -}.
   */
  static boolean isId(String text) {
    if (text.isEmpty() || text.length() > LONGEST || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}

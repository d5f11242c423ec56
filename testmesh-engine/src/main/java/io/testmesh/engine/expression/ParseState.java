package io.testmesh.engine.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the parsers of an expression and of the placeholders in it share. */
final class ParseState {
  /** Deeper nesting is refused. */
  static final int DEEPEST = 500;

  final String source;

  /** The names with dashes that are read as one name. */
  private final Set<String> stepIds;

  /** The names with dashes that might be step ids. */
  final Set<String> candidates = new LinkedHashSet<>();

  /** The built-in functions that a variable of their name would hide. */
  final Set<String> functions = new LinkedHashSet<>();

  private final List<String> letNames = new ArrayList<>();
  private final List<Integer> letLocals = new ArrayList<>();
  private final List<PredicateScope> predicates = new ArrayList<>();
  private int locals;
  private int level;

  ParseState(String source, Set<String> stepIds) {
    this.source = source;
    this.stepIds = stepIds;
  }

  /** The variables of the predicate around a place. */
  record PredicateScope(int locals, boolean hasAccumulator) {}

  int locals() {
    return locals;
  }

  void enter(int place) throws ExpressionException {
    if (++level > DEEPEST) {
      throw tooDeep(place, place + 1);
    }
  }

  void leave() {
    level--;
  }

  /** The node, unless too many lie below it. */
  <T extends Node> T made(T node) throws ExpressionException {
    int deepest = 0;
    for (Node child : node.children()) {
      deepest = Math.max(deepest, child.depth);
    }
    node.depth = deepest + 1;
    if (node.depth > DEEPEST) {
      throw tooDeep(node.start, node.end);
    }
    return node;
  }

  private static ExpressionException tooDeep(int start, int end) {
    return Lexer.syntax("the expression is nested deeper than " + DEEPEST + " levels", start, end);
  }

  int declare(String name) {
    letNames.add(name);
    letLocals.add(locals);
    return locals++;
  }

  void forget() {
    letNames.remove(letNames.size() - 1);
    letLocals.remove(letLocals.size() - 1);
  }

  /** Where the variable of a let is kept, or -1. */
  int local(String name) {
    int index = letNames.lastIndexOf(name);
    return index < 0 ? -1 : letLocals.get(index);
  }

  int enterPredicate(boolean hasAccumulator) {
    int first = locals;
    locals += 3;
    predicates.add(new PredicateScope(first, hasAccumulator));
    return first;
  }

  void leavePredicate() {
    predicates.remove(predicates.size() - 1);
  }

  @Nullable PredicateScope predicate() {
    return predicates.isEmpty() ? null : predicates.get(predicates.size() - 1);
  }

  /**
   * Where a step's id that begins with the name at a place ends: dashes without spaces belong to
   * it. The end of the name itself when it is none.
   */
  int endOfStepId(int start, int end, int limit) {
    int best = end;
    int at = end;
    while (at + 1 < limit && source.charAt(at) == '-' && isIdPart(source.charAt(at + 1))) {
      at++;
      while (at < limit && isIdPart(source.charAt(at))) {
        at++;
      }
      String id = source.substring(start, at);
      candidates.add(id);
      if (stepIds.contains(id)) {
        best = at;
      }
    }
    return best;
  }

  private static boolean isIdPart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || Lexer.isDigit(c) || c == '_';
  }
}

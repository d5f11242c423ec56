package io.testmesh.engine.path;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses the conditions of filters and checks their types (RFC 9535, 2.3.5 and 2.4.3). */
final class FilterParser {
  private static final int DEEPEST = 100;

  private final PathText in;
  private final PathParser paths;
  private final FunctionParser functions;
  private int depth;

  FilterParser(PathText in, PathParser paths) {
    this.in = in;
    this.paths = paths;
    this.functions = new FunctionParser(in, this);
  }

  /** Parses a condition; white space before it has been taken. */
  Condition condition() throws PathException {
    enter();
    List<Condition> any = new ArrayList<>();
    do {
      in.skipBlanks();
      any.add(all());
    } while (in.take("||"));
    leave();
    return any.size() == 1 ? any.get(0) : new Condition.Any(any);
  }

  private Condition all() throws PathException {
    List<Condition> all = new ArrayList<>();
    do {
      in.skipBlanks();
      all.add(basic());
      in.skipBlanks();
    } while (in.take("&&"));
    return all.size() == 1 ? all.get(0) : new Condition.All(all);
  }

  /** Goes one level deeper; every recursion of the parser comes through here. */
  void enter() throws PathException {
    if (++depth > DEEPEST) {
      throw in.error("more than " + DEEPEST + " levels in one another", in.at(), in.at());
    }
  }

  void leave() {
    depth--;
  }

  private Condition basic() throws PathException {
    if (in.take('!')) {
      in.skipBlanks();
      return new Condition.Not(in.peek() == '(' ? parentheses() : testAlone());
    }
    if (in.peek() == '(') {
      return parentheses();
    }
    int start = in.at();
    Term left = term();
    int end = in.at();
    in.skipBlanks();
    Comparison.Operator operator = operator();
    if (operator == null) {
      in.moveTo(end);
      return test(start, left);
    }
    Operand first = comparable(left, start, end);
    in.skipBlanks();
    int second = in.at();
    Term right = term();
    return new Comparison(first, operator, comparable(right, second, in.at()));
  }

  private Condition testAlone() throws PathException {
    int start = in.at();
    Condition test = test(start, term());
    int end = in.at();
    in.skipBlanks();
    int operator = in.at();
    if (operator() != null) {
      throw in.errorSince(operator, "a comparison after \"!\" stands in parentheses: !(@.a == 1)");
    }
    in.moveTo(end);
    return test;
  }

  private Condition parentheses() throws PathException {
    in.skip(1);
    Condition condition = condition();
    in.skipBlanks();
    if (!in.take(')')) {
      throw afterCondition("\")\"");
    }
    return condition;
  }

  private Comparison.@Nullable Operator operator() {
    if (in.take("==")) {
      return Comparison.Operator.EQUAL;
    }
    if (in.take("!=")) {
      return Comparison.Operator.NOT_EQUAL;
    }
    if (in.take("<=")) {
      return Comparison.Operator.LESS_OR_EQUAL;
    }
    if (in.take(">=")) {
      return Comparison.Operator.GREATER_OR_EQUAL;
    }
    if (in.take('<')) {
      return Comparison.Operator.LESS;
    }
    return in.take('>') ? Comparison.Operator.GREATER : null;
  }

  /** Something stands after a condition that does not go on with it. */
  PathException afterCondition(String end) {
    String hint =
        switch (in.peek()) {
          case '=' ->
              in.peek(1) == '~'
                  ? "a regular expression is search(@.name, 'pattern')"
                  : "is it \"==\"?";
          case '&' -> "is it \"&&\"?";
          case '|' -> "is it \"||\"?";
          default -> "";
        };
    return in.expected("a comparison, \"&&\", \"||\", " + end, hint);
  }

  /** What stands alone as a condition. */
  private Condition test(int start, Term term) throws PathException {
    if (term instanceof Condition condition) {
      return condition;
    }
    if (term instanceof Query query) {
      return new Condition.Exists(query);
    }
    String found = in.from(start);
    throw in.errorSince(
        start,
        term instanceof Operand.Literal
            ? "a value alone is no condition; compare it: @ == " + found
            : found + " is a value and no condition; compare it: " + found + " > 0");
  }

  private Operand comparable(Term term, int start, int end) throws PathException {
    if (term instanceof Query query && !query.isSingular()) {
      throw in.error(
          "a comparison wants one value, and this path can find several;"
              + " use names and indexes only, or count() or value()",
          start,
          end);
    }
    if (term instanceof Operand operand) {
      return operand;
    }
    throw in.error("match() and search() are conditions and cannot be compared", start, end);
  }

  /** Parses a literal, a query or a call. */
  Term term() throws PathException {
    int c = in.peek();
    if (c == '@' || c == '$') {
      in.skip(1);
      return paths.query(c == '@', false);
    }
    if (c == '\'' || c == '"') {
      return new Operand.Literal(Literals.text(in));
    }
    if (c == '-' || PathText.isDigit(c)) {
      return new Operand.Literal(Literals.number(in));
    }
    if (PathText.isNameStart(c)) {
      return word();
    }
    throw in.expected("a path such as @.name, a value or a function");
  }

  private Term word() throws PathException {
    int start = in.at();
    String word = in.takeName();
    if (in.peek() == '(') {
      return functions.call(word, start);
    }
    if (word.equals("true") || word.equals("false")) {
      return new Operand.Literal(word.equals("true"));
    }
    if (word.equals("null")) {
      return new Operand.Literal(null);
    }
    String hint =
        switch (word) {
          case "True", "TRUE" -> "did you mean true?";
          case "False", "FALSE" -> "did you mean false?";
          case "Null", "NULL", "nil", "None" -> "did you mean null?";
          case "not" -> "\"not\" is written !";
          default -> "a member is @." + word + ", a text '" + word + "'";
        };
    throw in.errorSince(
        start, "expected a path, a value or a function, found \"" + word + "\"; " + hint);
  }
}

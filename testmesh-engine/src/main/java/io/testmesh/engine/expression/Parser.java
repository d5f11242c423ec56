package io.testmesh.engine.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operators by precedence (a Pratt parser), with the precedences of expr-lang's {@code
 * parser/operator}. Operands are read by {@link OperandParser}.
 */
final class Parser {
  private static final int PIPE = 0;
  private static final int COMPARISON = 20;
  private static final int RANGE = 25;
  private static final int SUM = 30;
  static final int NOT = 50;

  /** Tighter than {@code not}, so that {@code not x is null} says what it seems to say. */
  private static final int TEST = 55;

  private static final int PRODUCT = 60;
  static final int SIGN = 90;
  private static final int POWER = 100;
  private static final int COALESCE = 500;

  private final Lexer lexer;
  private final ParseState state;
  private final OperandParser operands;

  Parser(ParseState state, int from, int limit) {
    this.state = state;
    this.lexer = new Lexer(state.source, from, limit);
    this.operands = new OperandParser(lexer, state, this);
  }

  /** Everything up to the limit. */
  Node whole() throws ExpressionException {
    lexer.next();
    Node node = sequence();
    if (lexer.kind != Lexer.Kind.END) {
      throw lexer.unexpected(hint());
    }
    return node;
  }

  private @Nullable String hint() {
    return switch (lexer.text) {
      case "=" -> "== compares";
      case "&" -> "\"and\" joins two conditions";
      case "starts", "ends" -> "did you mean \"" + lexer.text + "With\"?";
      default -> null;
    };
  }

  /** {@code a; b}. */
  Node sequence() throws ExpressionException {
    int from = lexer.start;
    Node first = expression(0);
    if (!lexer.is(";")) {
      return first;
    }
    List<Node> parts = new ArrayList<>();
    parts.add(first);
    while (lexer.is(";")) {
      lexer.next();
      if (lexer.kind == Lexer.Kind.END) {
        break;
      }
      parts.add(expression(0));
    }
    return made(new Control.Sequence(from, lexer.lastEnd, parts.toArray(Node.NONE)));
  }

  Node expression(int precedence) throws ExpressionException {
    state.enter(lexer.start);
    Node node;
    if (precedence == 0 && lexer.is("let")) {
      node = let();
    } else if (precedence == 0 && lexer.is("if")) {
      node = conditional();
    } else {
      node = binary(precedence);
    }
    state.leave();
    return node;
  }

  private Node let() throws ExpressionException {
    int from = lexer.start;
    lexer.next();
    String name = lexer.expectName();
    lexer.expect("=");
    Node initial = expression(0);
    lexer.expect(";");
    int local = state.declare(name);
    Node body = sequence();
    state.forget();
    return made(new Control.Let(from, lexer.lastEnd, local, initial, body));
  }

  private Node conditional() throws ExpressionException {
    int from = lexer.start;
    state.enter(from);
    lexer.next();
    Node condition = expression(0);
    Node then = block();
    lexer.expect("else");
    Node otherwise = lexer.is("if") ? conditional() : block();
    state.leave();
    return made(new Control.Conditional(from, lexer.lastEnd, condition, then, otherwise));
  }

  private Node block() throws ExpressionException {
    lexer.expect("{");
    Node body = sequence();
    lexer.expect("}");
    return body;
  }

  private Node binary(int precedence) throws ExpressionException {
    int from = lexer.start;
    Node left = operands.operand();
    boolean coalesced = false;
    while (true) {
      int operatorStart = lexer.start;
      int endBefore = lexer.lastEnd;
      boolean negated = lexer.is("not") && lexer.kind == Lexer.Kind.OPERATOR;
      if (negated) {
        lexer.next();
        if (!isNegatable()) {
          throw lexer.unexpected(null);
        }
      }
      int strength = strength();
      if (strength < precedence) {
        if (negated) {
          lexer.back(operatorStart, endBefore);
        }
        break;
      }
      if (coalesced && strength != COALESCE && strength != PIPE) {
        throw lexer.unexpected("put the part with ?? into parentheses");
      }
      coalesced = strength == COALESCE;
      left = infix(from, left, strength, negated);
    }
    return precedence == 0 ? ternary(from, left) : left;
  }

  private boolean isNegatable() {
    return switch (lexer.text) {
      case "in", "matches", "contains", "startsWith", "endsWith", "starts_with", "ends_with" ->
          lexer.kind == Lexer.Kind.OPERATOR || lexer.kind == Lexer.Kind.NAME;
      default -> false;
    };
  }

  /** How tight the operator binds that is the current token; -1 when it is none. */
  private int strength() {
    if (lexer.kind == Lexer.Kind.NAME) {
      return switch (lexer.text) {
        case "is", "exists" -> TEST;
        case "starts_with", "ends_with" -> COMPARISON;
        default -> -1;
      };
    }
    if (lexer.kind != Lexer.Kind.OPERATOR) {
      return -1;
    }
    return switch (lexer.text) {
      case "|" -> PIPE;
      case "or", "||" -> 10;
      case "and", "&&" -> 15;
      case "==",
          "!=",
          "<",
          ">",
          ">=",
          "<=",
          "in",
          "matches",
          "contains",
          "startsWith",
          "endsWith" ->
          COMPARISON;
      case ".." -> RANGE;
      case "+", "-" -> SUM;
      case "*", "/", "%" -> PRODUCT;
      case "**", "^" -> POWER;
      case "??" -> COALESCE;
      default -> -1;
    };
  }

  private Node infix(int from, Node left, int strength, boolean negated)
      throws ExpressionException {
    String operator = lexer.text;
    switch (strength) {
      case PIPE:
        lexer.next();
        return operands.pipe(from, left);
      case SUM, PRODUCT:
        return arithmetic(from, left, strength);
      case COMPARISON:
        return comparison(from, left, operator, negated);
      case TEST:
        lexer.next();
        return operator.equals("is") ? typeTest(from, left) : exists(from, left);
      case RANGE:
        lexer.next();
        Node to = expression(RANGE + 1);
        return made(new Calculation.Range(from, lexer.lastEnd, left, to));
      case POWER:
        lexer.next();
        Node exponent = expression(POWER);
        return made(new Calculation.Power(from, lexer.lastEnd, left, exponent));
      case COALESCE:
        lexer.next();
        PostfixParser.tolerateLeftOfCoalesce(left);
        Node right = expression(COALESCE + 1);
        return made(new Control.Coalesce(from, lexer.lastEnd, left, right));
      default:
        return junction(from, left, strength);
    }
  }

  private Node junction(int from, Node left, int strength) throws ExpressionException {
    List<Node> parts = new ArrayList<>(2);
    parts.add(left);
    while (lexer.kind == Lexer.Kind.OPERATOR && strength() == strength) {
      lexer.next();
      parts.add(expression(strength + 1));
    }
    return made(
        new Conditions.Junction(from, lexer.lastEnd, parts.toArray(Node.NONE), strength == 15));
  }

  private Node arithmetic(int from, Node left, int strength) throws ExpressionException {
    List<Node> parts = new ArrayList<>(2);
    StringBuilder operators = new StringBuilder(1);
    parts.add(left);
    while (lexer.kind == Lexer.Kind.OPERATOR && strength() == strength) {
      operators.append(lexer.text);
      lexer.next();
      parts.add(expression(strength + 1));
    }
    Node[] nodes = parts.toArray(Node.NONE);
    char[] signs = operators.toString().toCharArray();
    return made(
        strength == SUM
            ? new Calculation.Sum(from, lexer.lastEnd, nodes, signs)
            : new Calculation.Product(from, lexer.lastEnd, nodes, signs));
  }

  private Node comparison(int from, Node left, String operator, boolean negated)
      throws ExpressionException {
    if (operator.charAt(0) == '<' || operator.charAt(0) == '>') {
      return ordering(from, left);
    }
    lexer.next();
    Node right = expression(COMPARISON + 1);
    int end = lexer.lastEnd;
    switch (operator) {
      case "==", "!=":
        if (isNull(right)) {
          left.tolerate(Absence.NULL_UNLESS_NEAR);
        } else if (isNull(left)) {
          right.tolerate(Absence.NULL_UNLESS_NEAR);
        }
        return made(new Comparisons.Equality(from, end, left, right, operator.equals("!=")));
      case "in":
        return made(new Conditions.Membership(from, end, left, right, negated));
      case "matches":
        return made(new Conditions.Matches(from, end, left, right, constantRegex(right), negated));
      case "starts_with":
        return made(new Conditions.TextTest(from, end, left, "startsWith", right, negated));
      case "ends_with":
        return made(new Conditions.TextTest(from, end, left, "endsWith", right, negated));
      default:
        return made(new Conditions.TextTest(from, end, left, operator, right, negated));
    }
  }

  private static boolean isNull(Node node) {
    return node instanceof Literals.Literal literal && literal.constant == null;
  }

  private static @Nullable Regex constantRegex(Node pattern) throws ExpressionException {
    return pattern instanceof Literals.Literal literal && literal.constant instanceof String source
        ? Regex.compile(source, pattern, ExpressionException.SYNTAX)
        : null;
  }

  private Node ordering(int from, Node left) throws ExpressionException {
    List<Node> parts = new ArrayList<>(2);
    List<String> operators = new ArrayList<>(1);
    parts.add(left);
    while (lexer.is("<") || lexer.is(">") || lexer.is("<=") || lexer.is(">=")) {
      operators.add(lexer.text);
      lexer.next();
      parts.add(expression(COMPARISON + 1));
    }
    return made(
        new Comparisons.Ordering(
            from, lexer.lastEnd, parts.toArray(Node.NONE), operators.toArray(new String[0])));
  }

  private Node exists(int from, Node left) throws ExpressionException {
    return made(new Conditions.Exists(from, lexer.lastEnd, left));
  }

  private Node typeTest(int from, Node left) throws ExpressionException {
    boolean negated = lexer.is("not");
    if (negated) {
      lexer.next();
    }
    switch (lexer.text) {
      case "null", "nil":
        left.tolerate(Absence.NULL_UNLESS_NEAR);
        break;
      case "number", "string", "boolean", "array", "object":
        break;
      default:
        throw lexer.unexpected("after \"is\" comes null, number, string, boolean, array or object");
    }
    String type = lexer.expectName();
    return made(new Conditions.TypeTest(from, lexer.lastEnd, left, type, negated));
  }

  private Node ternary(int from, Node condition) throws ExpressionException {
    Node node = condition;
    while (lexer.is("?")) {
      lexer.next();
      if (lexer.is(":")) {
        lexer.next();
        Node otherwise = expression(0);
        node = made(new Control.Conditional(from, lexer.lastEnd, node, null, otherwise));
      } else {
        Node then = expression(0);
        lexer.expect(":");
        Node otherwise = expression(0);
        node = made(new Control.Conditional(from, lexer.lastEnd, node, then, otherwise));
      }
    }
    return node;
  }

  private <T extends Node> T made(T node) throws ExpressionException {
    return state.made(node);
  }
}

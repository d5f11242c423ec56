package io.testmesh.engine.expression;

import io.testmesh.engine.path.JsonPath;
import io.testmesh.engine.path.PathException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operands: literals, names, calls, placeholders, paths, and what follows them. */
final class OperandParser {
  private final Lexer lexer;
  private final ParseState state;
  private final Parser parser;
  private final CallParser calls;
  private final PostfixParser postfixes;

  OperandParser(Lexer lexer, ParseState state, Parser parser) {
    this.lexer = lexer;
    this.state = state;
    this.parser = parser;
    this.calls = new CallParser(lexer, state, parser);
    this.postfixes = new PostfixParser(lexer, state, parser, calls);
  }

  Node operand() throws ExpressionException {
    return switch (lexer.kind) {
      case NAME -> name();
      case NUMBER -> number();
      case TEXT -> text();
      case BYTES -> {
        int from = lexer.start;
        byte[] bytes = lexer.bytes;
        lexer.next();
        yield postfixes.postfix(from, new Literals.Literal(from, lexer.lastEnd, bytes));
      }
      case PATH -> path();
      case OPERATOR -> operator();
      case END -> throw lexer.unexpected(null);
    };
  }

  private Node operator() throws ExpressionException {
    int from = lexer.start;
    switch (lexer.text) {
      case "not", "!":
        lexer.next();
        Node negated = parser.expression(Parser.NOT);
        return postfixes.postfix(from, made(new Conditions.Not(from, lexer.lastEnd, negated)));
      case "-", "+":
        boolean minus = lexer.is("-");
        lexer.next();
        Node number = parser.expression(Parser.SIGN);
        return postfixes.postfix(
            from, made(new Calculation.Sign(from, lexer.lastEnd, number, minus)));
      case "(":
        lexer.next();
        Node inner = parser.sequence();
        lexer.expect(")");
        return postfixes.postfix(from, inner);
      case "[":
        return postfixes.postfix(from, list());
      case "{":
        return postfixes.postfix(from, lexer.following() == '{' ? placeholder() : map());
      case "${":
        return postfixes.postfix(from, placeholder());
      case "#", ".":
        return postfixes.postfix(from, pointer());
      case "::":
        lexer.next();
        return postfixes.postfix(from, calls.call(from, null, false));
      default:
        throw lexer.unexpected(null);
    }
  }

  private Node name() throws ExpressionException {
    int from = lexer.start;
    String name = lexer.text;
    switch (name) {
      case "true":
        return literal(Boolean.TRUE);
      case "false":
        return literal(Boolean.FALSE);
      case "nil", "null":
        return literal(null);
      default:
        break;
    }
    int end = state.endOfStepId(from, lexer.end, lexer.limit);
    if (end > lexer.end) {
      lexer.continueAt(end);
      String id = state.source.substring(from, end);
      return postfixes.postfix(from, new Names.Name(from, end, id));
    }
    if (lexer.following() == '(' || isCall()) {
      return postfixes.postfix(from, calls.call(from, null, true));
    }
    lexer.next();
    return postfixes.postfix(from, named(from, lexer.lastEnd, name));
  }

  /** Whether a parenthesis follows the current name, perhaps after spaces. */
  private boolean isCall() {
    int at = lexer.end;
    while (at < lexer.limit && Texts.isSpace(state.source.charAt(at))) {
      at++;
    }
    return at < lexer.limit && state.source.charAt(at) == '(';
  }

  private Node named(int from, int end, String name) {
    int local = state.local(name);
    if (local >= 0) {
      return new Names.Local(from, end, local);
    }
    return name.equals("$env") ? new Names.All(from, end) : new Names.Name(from, end, name);
  }

  private Node literal(@Nullable Object value) throws ExpressionException {
    Node node = new Literals.Literal(lexer.start, lexer.end, value);
    lexer.next();
    return node;
  }

  private Node number() throws ExpressionException {
    try {
      Object value = NumberLiteral.parse(lexer.text);
      Node node =
          new Literals.Literal(
              lexer.start, lexer.end, value, NumberLiteral.exact(lexer.text, value));
      lexer.next();
      return node;
    } catch (NumberFormatException noNumber) {
      throw Lexer.syntax("\"" + lexer.text + "\" is no number", lexer.start, lexer.end);
    }
  }

  private Node text() throws ExpressionException {
    int from = lexer.start;
    List<Object> pieces = lexer.pieces;
    lexer.next();
    return postfixes.postfix(from, text(from, lexer.lastEnd, pieces));
  }

  private Node text(int from, int end, List<Object> pieces) throws ExpressionException {
    if (pieces.size() == 1 && pieces.get(0) instanceof String text) {
      return new Literals.Literal(from, end, text);
    }
    Node[] parts = new Node[pieces.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          pieces.get(i) instanceof Placeholder placeholder
              ? content(state, placeholder)
              : new Literals.Literal(from, from, pieces.get(i));
    }
    return made(new Literals.TextLiteral(from, end, parts));
  }

  private Node list() throws ExpressionException {
    int from = lexer.start;
    List<Node> items = new ArrayList<>();
    lexer.next();
    while (!lexer.is("]")) {
      if (!items.isEmpty()) {
        lexer.expect(",");
        if (lexer.is("]")) {
          break;
        }
      }
      items.add(parser.expression(0));
    }
    lexer.next();
    return made(new Literals.ListLiteral(from, lexer.lastEnd, items.toArray(Node.NONE)));
  }

  private Node map() throws ExpressionException {
    int from = lexer.start;
    List<Node> parts = new ArrayList<>();
    lexer.next();
    while (!lexer.is("}")) {
      if (!parts.isEmpty()) {
        lexer.expect(",");
        if (lexer.is("}")) {
          break;
        }
      }
      parts.add(key());
      lexer.expect(":");
      parts.add(parser.expression(0));
    }
    lexer.next();
    return made(new Literals.MapLiteral(from, lexer.lastEnd, parts.toArray(Node.NONE)));
  }

  private Node key() throws ExpressionException {
    int from = lexer.start;
    switch (lexer.kind) {
      case NAME, NUMBER:
        return literal(lexer.text);
      case TEXT:
        List<Object> pieces = lexer.pieces;
        lexer.next();
        return text(from, lexer.lastEnd, pieces);
      default:
        if (lexer.is("(")) {
          return parser.expression(0);
        }
        throw lexer.unexpected(
            "a key of a map is a name, a text, a number, or an expression in parentheses");
    }
  }

  private Node placeholder() throws ExpressionException {
    Placeholder placeholder = Placeholder.scan(state.source, lexer.start, lexer.limit);
    Node node = content(state, placeholder);
    lexer.continueAt(placeholder.close());
    return node;
  }

  /** What stands in a placeholder. */
  static Node content(ParseState state, Placeholder place) throws ExpressionException {
    int colon = Placeholder.defaultColon(state.source, place.start(), place.end());
    state.enter(place.open());
    Node inner;
    if (colon < 0) {
      if (state.source.substring(place.start(), place.end()).isBlank()) {
        throw Lexer.syntax("the placeholder is empty", place.open(), place.close());
      }
      inner = new Parser(state, place.start(), place.end()).whole();
    } else {
      Node named = new DefaultName(state, place.start(), colon).parse();
      String text = state.source.substring(colon + 1, place.end());
      inner = state.made(new Control.Default(place.start(), place.end(), named, text));
    }
    state.leave();
    return state.made(new Control.Hole(place.open(), place.close(), inner));
  }

  private Node path() throws ExpressionException {
    int from = lexer.start;
    try {
      String source = state.source;
      String readable = lexer.limit == source.length() ? source : source.substring(0, lexer.limit);
      JsonPath path = JsonPath.parsePrefix(readable, from);
      // After a path this asks for its length, as a member that is read from its value does.
      JsonPath measured = path.withoutLast("length");
      path = measured == null ? path : measured;
      int end = from + path.source().length();
      lexer.continueAt(end);
      return postfixes.postfix(from, new Names.Path(from, end, path));
    } catch (PathException e) {
      throw Lexer.syntax(
          String.valueOf(e.getMessage()), Math.max(from, e.start()), Math.max(from, e.end()));
    }
  }

  private Node pointer() throws ExpressionException {
    int from = lexer.start;
    ParseState.PredicateScope scope = state.predicate();
    if (scope == null) {
      throw lexer.unexpected(
          lexer.is("#") ? "# is the item in a predicate, such as filter(list, # > 1)" : null);
    }
    if (lexer.is(".")) {
      return new Names.Local(from, from, scope.locals() + PredicateCall.ITEM);
    }
    int end = lexer.end;
    lexer.next();
    if (lexer.kind != Lexer.Kind.NAME || lexer.start != end) {
      return new Names.Local(from, end, scope.locals() + PredicateCall.ITEM);
    }
    String name = lexer.text;
    boolean known = name.equals("index") || name.equals("acc") && scope.hasAccumulator();
    if (!known) {
      throw Lexer.syntax(
          name.equals("acc") ? "there is #acc in reduce only" : "there is no #" + name,
          from,
          lexer.end);
    }
    lexer.next();
    int local = name.equals("acc") ? PredicateCall.ACCUMULATOR : PredicateCall.INDEX;
    return new Names.Local(from, lexer.lastEnd, scope.locals() + local);
  }

  /** {@code left | name(…)}, behind the bar. */
  Node pipe(int from, Node left) throws ExpressionException {
    return postfixes.postfix(from, calls.call(from, left, true));
  }

  private <T extends Node> T made(T node) throws ExpressionException {
    return state.made(node);
  }
}

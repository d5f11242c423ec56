package io.testmesh.engine.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of built-in functions, with and without predicates. */
final class CallParser {
  private final Lexer lexer;
  private final ParseState state;
  private final Parser parser;

  CallParser(Lexer lexer, ParseState state, Parser parser) {
    this.lexer = lexer;
    this.state = state;
    this.parser = parser;
  }

  /**
   * A call whose name is the current token.
   *
   * @param piped what stands left of a bar, or null
   * @param hidden whether a variable of that name would hide the function
   */
  Node call(int from, @Nullable Node piped, boolean hidden) throws ExpressionException {
    int nameStart = lexer.start;
    String name = lexer.expectName();
    if (!lexer.is("(")) {
      throw lexer.unexpected("\"(\" is expected here");
    }
    if (hidden && state.local(name) >= 0) {
      throw Lexer.syntax(
          "\"" + name + "\" is a variable here; ::" + name + "(…) is the function",
          nameStart,
          nameStart + name.length());
    }
    if (hidden) {
      state.functions.add(name);
    }
    if (PredicateCall.isKnown(name)) {
      return predicateCall(from, name, piped);
    }
    Function function = Function.find(name);
    if (function == null) {
      throw new ExpressionException(
          ExpressionException.UNKNOWN_FUNCTION,
          "there is no function \"" + name + "\"",
          Function.hint(name),
          nameStart,
          nameStart + name.length(),
          false);
    }
    Node[] arguments = arguments(piped);
    String refusal = function.refuses(arguments.length);
    if (refusal != null) {
      throw Lexer.syntax(refusal, nameStart, lexer.lastEnd);
    }
    return made(new Call(from, lexer.lastEnd, function, arguments));
  }

  /** The arguments in parentheses, behind the piped one. */
  Node[] arguments(@Nullable Node piped) throws ExpressionException {
    List<Node> arguments = new ArrayList<>();
    if (piped != null) {
      arguments.add(piped);
    }
    int given = arguments.size();
    lexer.expect("(");
    while (!lexer.is(")")) {
      if (arguments.size() > given) {
        lexer.expect(",");
        if (lexer.is(")")) {
          break;
        }
      }
      arguments.add(parser.expression(0));
    }
    lexer.next();
    return arguments.toArray(Node.NONE);
  }

  private Node predicateCall(int from, String name, @Nullable Node piped)
      throws ExpressionException {
    lexer.expect("(");
    Node source = piped;
    if (source == null) {
      source = parser.expression(0);
      if (!lexer.is(")") || !PredicateCall.isPredicateOptional(name)) {
        expectMore(name);
      }
    }
    boolean without = lexer.is(")") && PredicateCall.isPredicateOptional(name);
    int locals = state.enterPredicate(name.equals("reduce"));
    Node predicate = without ? null : predicate(name);
    state.leavePredicate();
    Node extra = null;
    if (lexer.is(",")) {
      lexer.next();
      if (PredicateCall.hasExtra(name) && !lexer.is(")")) {
        extra = parser.expression(0);
        if (lexer.is(",")) {
          lexer.next();
        }
      }
    }
    lexer.expect(")");
    return made(new PredicateCall(from, lexer.lastEnd, name, source, predicate, extra, locals));
  }

  private void expectMore(String name) throws ExpressionException {
    if (!lexer.is(",")) {
      throw lexer.unexpected(name + " takes a list and a predicate, such as # > 1");
    }
    lexer.next();
  }

  private Node predicate(String name) throws ExpressionException {
    if (lexer.is(")")) {
      throw lexer.unexpected(name + " takes a predicate, such as # > 1");
    }
    if (!lexer.is("{") || lexer.following() == '{' && isPlaceholder()) {
      Node bare = parser.expression(0);
      if (lexer.is(";")) {
        throw lexer.unexpected("put the predicate into braces");
      }
      return bare;
    }
    lexer.next();
    Node inner = parser.sequence();
    if (lexer.is(":")) {
      throw lexer.unexpected("a predicate that gives a map has two braces: {{a: #}}");
    }
    lexer.expect("}");
    return inner;
  }

  /** Whether the two braces here hold something else than the entries of a map. */
  private boolean isPlaceholder() {
    try {
      Placeholder place = Placeholder.scan(state.source, lexer.start, lexer.limit);
      return !place.looksLikeMap(state.source);
    } catch (ExpressionException notClosed) {
      return false;
    }
  }

  private <T extends Node> T made(T node) throws ExpressionException {
    return state.made(node);
  }
}

package io.testmesh.engine.expression;

/** What follows an operand: members, items, slices, methods. */
final class PostfixParser {
  private final Lexer lexer;
  private final ParseState state;
  private final Parser parser;
  private final CallParser calls;

  PostfixParser(Lexer lexer, ParseState state, Parser parser, CallParser calls) {
    this.lexer = lexer;
    this.state = state;
    this.parser = parser;
    this.calls = calls;
  }

  /** The operand with all that follows it. */
  Node postfix(int from, Node operand) throws ExpressionException {
    Node node = operand;
    while (lexer.kind == Lexer.Kind.OPERATOR) {
      boolean optional = lexer.is("?.");
      if (optional || lexer.is(".")) {
        lexer.next();
        node = optional && lexer.is("[") ? item(from, node, true) : member(from, node, optional);
      } else if (lexer.is("[")) {
        node = item(from, node, false);
      } else {
        break;
      }
    }
    return node;
  }

  private Node member(int from, Node base, boolean optional) throws ExpressionException {
    boolean isWord =
        lexer.kind == Lexer.Kind.NAME
            || lexer.kind == Lexer.Kind.OPERATOR && Lexer.isWordOperator(lexer.text);
    if (!isWord) {
      throw lexer.unexpected("a name is expected after the dot");
    }
    String key = lexer.text;
    int keyStart = lexer.start;
    lexer.next();
    boolean chained = base instanceof Access.Chain;
    Node owner = base instanceof Access.Chain chain ? chain.inner : base;
    Node member;
    if (lexer.is("(")) {
      member = methodCall(from, owner, key, keyStart, optional);
    } else {
      member = made(new Access.Member(from, lexer.lastEnd, owner, key, optional));
    }
    if (optional) {
      tolerateAround(base, member);
    }
    return chained || optional ? made(new Access.Chain(from, lexer.lastEnd, member)) : member;
  }

  /** What stands directly before {@code ?.} and directly behind it may be absent. */
  private static void tolerateAround(Node base, Node member) {
    if (!(base instanceof Names.Name)) {
      base.tolerate(Absence.NULL);
    }
    member.tolerate(Absence.NULL);
  }

  private Node methodCall(int from, Node owner, String name, int nameStart, boolean optional)
      throws ExpressionException {
    int arity = MethodCall.arity(name);
    if (arity < 0) {
      throw new ExpressionException(
          ExpressionException.UNKNOWN_FUNCTION,
          "there is no method \"" + name + "\"",
          MethodCall.hint(name),
          nameStart,
          nameStart + name.length(),
          false);
    }
    Node[] arguments = calls.arguments(null);
    if (arguments.length != arity) {
      throw Lexer.syntax(
          name
              + " takes "
              + arity
              + " argument"
              + (arity == 1 ? "" : "s")
              + ", got "
              + arguments.length,
          nameStart,
          lexer.lastEnd);
    }
    return made(new MethodCall(from, lexer.lastEnd, owner, name, arguments, optional));
  }

  /** {@code [key]} or {@code [from:to]}. */
  private Node item(int from, Node base, boolean optional) throws ExpressionException {
    lexer.next();
    Node first = null;
    if (!lexer.is(":")) {
      first = parser.expression(0);
      if (!lexer.is(":")) {
        lexer.expect("]");
        Node index = made(new Access.Index(from, lexer.lastEnd, base, first, optional));
        if (!optional) {
          return index;
        }
        tolerateAround(base, index);
        return made(new Access.Chain(from, lexer.lastEnd, index));
      }
    }
    lexer.next();
    Node last = lexer.is("]") ? null : parser.expression(0);
    lexer.expect("]");
    return made(new Access.Slice(from, lexer.lastEnd, base, first, last));
  }

  /** The last access on the left of {@code ??} may be absent, or the name unknown. */
  static void tolerateLeftOfCoalesce(Node left) {
    left.tolerate(Absence.NULL);
    Node node = left instanceof Access.Chain chain ? chain.inner : left;
    while (true) {
      if (node instanceof Access.Link link) {
        if (link.optional && link.base instanceof Names.Name) {
          link.base.tolerate(Absence.NULL);
        }
        node = link.base;
      } else if (node instanceof Access.Chain chain) {
        node = chain.inner;
      } else {
        return;
      }
    }
  }

  private <T extends Node> T made(T node) throws ExpressionException {
    return state.made(node);
  }
}

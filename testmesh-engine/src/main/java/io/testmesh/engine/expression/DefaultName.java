package io.testmesh.engine.expression;

/** The name before the colon of {@code ${user.name:none}}: keys and items may follow it. */
final class DefaultName {
  private final ParseState state;
  private final int limit;
  private int at;

  DefaultName(ParseState state, int start, int limit) {
    this.state = state;
    this.at = start;
    this.limit = limit;
  }

  Node parse() throws ExpressionException {
    while (Texts.isSpace(state.source.charAt(at))) {
      at++;
    }
    int from = at;
    String name = word();
    int local = state.local(name);
    Node node = local < 0 ? new Names.Name(from, at, name) : new Names.Local(from, at, local);
    while (at < limit) {
      char c = state.source.charAt(at);
      if (c == '.') {
        at++;
        String key = word();
        node = state.made(new Access.Member(from, at, node, key, false));
      } else if (c == '[') {
        int close = state.source.indexOf(']', at);
        Object index = NumberLiteral.parse(state.source.substring(at + 1, close));
        Node key = new Literals.Literal(at + 1, close, index);
        at = close + 1;
        node = state.made(new Access.Index(from, at, node, key, false));
      } else {
        break;
      }
    }
    return node;
  }

  /** Letters, digits and dashes. */
  private String word() {
    int from = at;
    while (at < limit && (state.source.charAt(at) == '-' || Lexer.isNamePart(state.source, at))) {
      at += Character.charCount(state.source.codePointAt(at));
    }
    return state.source.substring(from, at);
  }
}

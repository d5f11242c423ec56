package io.testmesh.engine.expression;

import java.util.Set;

/** A parsed expression, ready to run: its tree and how much room it needs. */
final class Program {
  final Node root;
  final int slots;
  final int locals;

  /** The names of its functions, which a variable of that name would hide. */
  final String[] functions;

  private Program(Node root, int slots, int locals, String[] functions) {
    this.root = root;
    this.slots = slots;
    this.locals = locals;
    this.functions = functions;
  }

  /** Numbers the nodes, so that observations have a place for each. */
  static Program of(Node root, ParseState state) {
    return new Program(root, number(root, 0), state.locals(), array(state.functions));
  }

  private static String[] array(Set<String> names) {
    return names.toArray(new String[0]);
  }

  private static int number(Node node, int next) {
    node.slot = next++;
    Node[] children = node.children();
    for (int i = 0; i < children.length; i++) {
      if (!node.isPredicate(i)) {
        next = number(children[i], next);
      }
    }
    if (node instanceof PredicateCall call) {
      call.decider = next++;
    }
    return next;
  }
}

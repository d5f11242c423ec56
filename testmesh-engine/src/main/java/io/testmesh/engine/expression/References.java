package io.testmesh.engine.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the names that an expression reads. */
final class References {
  private final List<Expression.Reference> found = new ArrayList<>();

  private References() {}

  static List<Expression.Reference> of(Node root) {
    References references = new References();
    references.collect(root, false);
    return List.copyOf(references.found);
  }

  /** The first key that each path reads, {@code *} where it begins otherwise. */
  static List<String> pathKeys(Node root) {
    List<String> keys = new ArrayList<>();
    addPathKeys(root, keys);
    return keys;
  }

  private static void addPathKeys(Node node, List<String> keys) {
    if (node instanceof Names.Path path) {
      keys.add(path.firstKey());
    }
    for (Node child : node.children()) {
      addPathKeys(child, keys);
    }
  }

  private void collect(Node node, boolean optional) {
    if (node instanceof Names.Name name) {
      add(name, List.of(), name.end, optional, 0);
    } else if (node instanceof Access.Link) {
      collectAccess(node, optional);
    } else {
      // Only the name at the bottom of what is asked for may be absent, not one in a computed key.
      boolean asked =
          node instanceof Conditions.Exists
              || node instanceof Control.Default
              || optional && (node instanceof Access.Chain || node instanceof Control.Hole);
      for (Node child : node.children()) {
        collect(child, asked);
      }
    }
  }

  private void collectAccess(Node last, boolean optional) {
    List<Access.Link> links = new ArrayList<>();
    Node node = last;
    while (true) {
      if (node instanceof Access.Link link) {
        links.add(0, link);
        node = link.base;
      } else if (node instanceof Access.Chain chain) {
        node = chain.inner;
      } else {
        break;
      }
    }
    List<String> members = new ArrayList<>();
    int end = node.end;
    boolean constant = true;
    int needed = 0;
    for (Access.Link link : links) {
      String key = constantKey(link);
      constant &= key != null;
      if (constant && key != null) {
        members.add(key);
        end = link.end;
        boolean must = needed == members.size() - 1 && mustBeThere(links, needed);
        needed = must ? needed + 1 : needed;
      }
    }
    if (node instanceof Names.Name name) {
      add(name, members, end, optional, needed);
    } else {
      collect(node, optional);
    }
    for (Node link : links) {
      if (link instanceof Access.Index index) {
        collect(index.key, false);
      }
    }
  }

  /** {@code ?.} lets the key before it and the key after it be absent. */
  private static boolean mustBeThere(List<Access.Link> links, int at) {
    Access.Link link = links.get(at);
    boolean nextCopes = at + 1 < links.size() && links.get(at + 1).optional;
    return !link.optional && !nextCopes && link.absence == Absence.ERROR;
  }

  private static @Nullable String constantKey(Node link) {
    if (link instanceof Access.Member member) {
      return member.key;
    }
    return link instanceof Access.Index index
            && index.key instanceof Literals.Literal literal
            && literal.constant instanceof String key
        ? key
        : null;
  }

  private void add(Names.Name name, List<String> members, int end, boolean optional, int needed) {
    found.add(
        new Expression.Reference(
            name.name, members, name.start, end, optional || name.isOptional(), needed));
  }
}

package io.testmesh.engine.path;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of a node, as a link to its parent's.
 *
 * @param parent null for the root
 * @param step a member's name, or an index as an Integer
 */
record Location(@Nullable Location parent, Object step) {
  static final Location ROOT = new Location(null, "");

  /** The normalized path (RFC 9535, 2.7). */
  String normalized() {
    List<Object> steps = new ArrayList<>();
    Location at = this;
    for (Location above = at.parent; above != null; above = at.parent) {
      steps.add(at.step);
      at = above;
    }
    StringBuilder path = new StringBuilder("$");
    for (int i = steps.size() - 1; i >= 0; i--) {
      path.append('[');
      if (steps.get(i) instanceof String name) {
        quote(name, path);
      } else {
        path.append(steps.get(i));
      }
      path.append(']');
    }
    return path.toString();
  }

  private static void quote(String name, StringBuilder to) {
    to.append('\'');
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      int simple = "\b\f\n\r\t'\\".indexOf(c);
      if (simple >= 0) {
        to.append('\\').append("bfnrt'\\".charAt(simple));
      } else if (c < ' ') {
        to.append("\\u00").append(c < 16 ? '0' : '1').append("0123456789abcdef".charAt(c & 15));
      } else {
        to.append(c);
      }
    }
    to.append('\'');
  }
}

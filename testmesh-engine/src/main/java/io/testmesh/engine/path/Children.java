package io.testmesh.engine.path;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes over the members or items of one value, and over nothing for any other value. */
final class Children {
  private final @Nullable Location parent;
  private final Iterator<?> rest;
  private final boolean named;
  private int index = -1;
  private Object name = "";
  private @Nullable Object value;

  /**
   * Stands before the first child.
   *
   * @param parent where the value is; null without locations
   */
  Children(@Nullable Object value, @Nullable Location parent) {
    this.parent = parent;
    named = value instanceof Map<?, ?>;
    if (value instanceof Map<?, ?> map) {
      rest = map.entrySet().iterator();
    } else if (value instanceof List<?> list) {
      rest = list.iterator();
    } else {
      rest = Collections.emptyIterator();
    }
  }

  /** Goes on to the next child; false when there is none. */
  boolean next() {
    if (!rest.hasNext()) {
      return false;
    }
    Object next = rest.next();
    if (named && next instanceof Map.Entry<?, ?> entry) {
      name = entry.getKey();
      value = entry.getValue();
    } else {
      value = next;
    }
    index++;
    return true;
  }

  @Nullable Object value() {
    return value;
  }

  Location location() {
    return new Location(parent, named ? name : index);
  }

  /** Adds the child to a list of nodes. */
  void addTo(Nodes nodes) {
    nodes.add(value, nodes.hasLocations() ? location() : null);
  }
}

package io.testmesh.engine.load;

import org.jspecify.annotations.Nullable;

/**
 * What a map describes, in words that are put together only for a problem.
 *
 * @param kind such as {@code step}
 * @param name the name in quotes after it, or null
 * @param owner what it belongs to, or null
 */
record Subject(String kind, @Nullable String name, @Nullable Subject owner) {
  static final Subject FLOW = new Subject("the flow", null, null);

  /** A key that belongs to this. */
  Subject key(String key) {
    return new Subject("", key, this);
  }

  /** Gives such as {@code "retry" of step "pay"}. */
  @Override
  public String toString() {
    String own = name == null ? kind : kind + (kind.isEmpty() ? "\"" : " \"") + name + "\"";
    return owner == null ? own : own + " of " + owner;
  }
}

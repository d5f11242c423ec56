package io.testmesh.engine.expression;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A value whose members are made when they are read, such as {@code FAKER.name.first}. A class, not
 * an interface: that a value is none is asked for every name, and of a class that is told at once.
 */
public abstract class Members {

  /** The member of that name, which may have members itself, or {@link Environment#ABSENT}. */
  public abstract @Nullable Object member(String name) throws ExpressionException;

  /** The known names, for suggestions. */
  public abstract Collection<String> names();
}

package io.testmesh.engine.expression;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A value whose members are made when they are read, such as {@code FAKER.name.first}. */
public interface Members {

  /** The member of that name, which may have members itself, or {@link Environment#ABSENT}. */
  @Nullable Object member(String name) throws ExpressionException;

  /** The known names, for suggestions. */
  Collection<String> names();
}

package io.testmesh.engine.expression;

import io.testmesh.engine.path.JsonPath;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an expression can see: names, a document for paths, the time. */
public interface Environment {

  /** What {@link #find} gives for a name that is not there; null is a value. */
  Object ABSENT =
      new Object() {
        @Override
        public String toString() {
          return "absent";
        }
      };

  /**
   * The value of a name, or {@link #ABSENT}. Called once for each use of the name: a name may give
   * another value each time, as {@code UUID} does.
   *
   * @throws ExpressionException when the name is there and cannot have a value
   */
  @Nullable Object find(String name) throws ExpressionException;

  /**
   * Why a name that is known may have no value at this moment, such as a step that did not run;
   * null for all others. Does not look whether it has one.
   */
  default @Nullable String whyAbsent(String name) {
    return null;
  }

  /** The known names, for suggestions. */
  Collection<String> names();

  /** All names with their values, for {@code $env}. */
  Map<String, @Nullable Object> all() throws ExpressionException;

  /** The nodes of a path over the document that {@code $} stands for. */
  List<@Nullable Object> select(JsonPath path) throws ExpressionException;

  /** The time that {@code now()} gives. */
  Instant now();

  /**
   * Whether the name is a step's id: {@code get-user.uid}, written without spaces, is the id if it
   * is one, else a subtraction. Called only for names with dashes, each time the expression is
   * evaluated.
   */
  default boolean isStepId(String name) {
    return false;
  }
}

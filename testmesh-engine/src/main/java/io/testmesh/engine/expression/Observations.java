package io.testmesh.engine.expression;

import io.testmesh.result.ObservedValue;
import java.util.List;

/** What the parts of an expression were in one evaluation. Belongs to one thread. */
public final class Observations {

  /** Nothing noted yet. */
  public Observations() {}

  /**
   * The parts in the order of the source: every part that was evaluated and is neither a literal, nor
   * the whole, nor just the name of a result key. Values are JSON-like.
   */
  public List<ObservedValue> values() {
    return List.of();
  }

  /**
   * How the two sides of the comparison that decided the whole differ, line by line: for two maps,
   * two lists or long texts; and one line that says so when the types differ. Empty where the values
   * say enough.
   */
  public List<String> difference() {
    return List.of();
  }
}

package io.testmesh.engine.expression;

/** What a missing key, name or node means. */
enum Absence {
  /** An error. */
  ERROR,
  /** Null: it was asked for as such. */
  NULL,
  /** Null, unless a key of nearly the same spelling is there. */
  NULL_UNLESS_NEAR
}

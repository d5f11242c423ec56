package io.testmesh.engine.path;

/** What stands on one side of a comparison or alone in a filter. */
sealed interface Term permits Operand, Condition {}

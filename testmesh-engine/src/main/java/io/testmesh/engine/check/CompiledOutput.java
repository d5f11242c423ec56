package io.testmesh.engine.check;

import io.testmesh.flow.Output;

/**
 * An output whose expression is parsed.
 *
 * @param name the name that the value is kept under
 * @param output the output as it was written
 * @param expression where the value comes from
 */
public record CompiledOutput(String name, Output output, CompiledExpression expression) {}

/**
 * Nodes to {@link io.testmesh.flow.Flow}: strict, collects all problems, and ends the spelling
 * variants: later stages know one spelling. May use {@code yaml} and {@code value}.
 */
@NullMarked
package io.testmesh.engine.load;

import org.jspecify.annotations.NullMarked;

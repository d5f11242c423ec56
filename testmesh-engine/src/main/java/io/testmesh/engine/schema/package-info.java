/**
 * The JSON Schema of the flow language, made from the loader's keys and the actions' descriptors.
 * May use {@code load} for its keys and {@code value}.
 */
@NullMarked
package io.testmesh.engine.schema;

import org.jspecify.annotations.NullMarked;

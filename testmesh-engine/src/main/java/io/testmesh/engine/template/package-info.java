/**
 * Values with placeholders, parsed once and filled in for each use. May use {@code expression} and
 * {@code value}.
 */
@NullMarked
package io.testmesh.engine.template;

import org.jspecify.annotations.NullMarked;

/**
 * Which actions there are and who offers them. Loads no handler that nobody asks for. May use the
 * API and {@code value}.
 */
@NullMarked
package io.testmesh.engine.catalogue;

import org.jspecify.annotations.NullMarked;

/**
 * Things that are made once for a runner or a flow and closed in the reverse order. May use the
 * API's {@code action} package.
 */
@NullMarked
package io.testmesh.engine.resource;

import org.jspecify.annotations.NullMarked;

/** Where callers start: {@link io.testmesh.FlowRunner}, its settings, options and handle. */
@NullMarked
package io.testmesh;

import org.jspecify.annotations.NullMarked;

/** Benchmarks of the whole engine through the public API, and of expressions directly. */
@NullMarked
package io.testmesh.benchmarks;

import org.jspecify.annotations.NullMarked;

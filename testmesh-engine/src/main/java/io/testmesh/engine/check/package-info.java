/**
 * Flow and catalogue to {@link io.testmesh.engine.check.CheckedFlow}, or problems: every
 * expression, path and template parsed, every configuration held against its descriptor, every name
 * known. May use all stages before it, and {@code scope} and {@code catalogue}.
 */
@NullMarked
package io.testmesh.engine.check;

import org.jspecify.annotations.NullMarked;

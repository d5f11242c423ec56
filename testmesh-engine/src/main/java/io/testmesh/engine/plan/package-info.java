/**
 * Which flows are wanted: places to files, files to flows, selection. May use {@code load}, {@code
 * data} and the API.
 */
@NullMarked
package io.testmesh.engine.plan;

import org.jspecify.annotations.NullMarked;

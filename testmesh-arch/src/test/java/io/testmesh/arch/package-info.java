/**
 * Rules about all modules of the project. Reads their classes, sources and poms; nothing imports
 * it.
 */
@NullMarked
package io.testmesh.arch;

import org.jspecify.annotations.NullMarked;

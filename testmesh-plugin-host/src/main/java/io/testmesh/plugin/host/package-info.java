/** Runs plugins and makes their actions those of flows. */
@NullMarked
package io.testmesh.plugin.host;

import org.jspecify.annotations.NullMarked;

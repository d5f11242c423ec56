/** The calls to a plugin, and what is read from its answers. */
@NullMarked
package io.testmesh.plugin.protocol;

import org.jspecify.annotations.NullMarked;

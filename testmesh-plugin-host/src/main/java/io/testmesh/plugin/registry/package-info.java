/** The plugin folder: what is in it, its state, and installing. */
@NullMarked
package io.testmesh.plugin.registry;

import org.jspecify.annotations.NullMarked;

/** Plugins: the one door for those who list, install, enable and remove them. */
@NullMarked
package io.testmesh.plugin;

import org.jspecify.annotations.NullMarked;

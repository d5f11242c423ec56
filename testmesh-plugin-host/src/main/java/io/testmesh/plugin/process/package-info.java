/** One process of a plugin: command, environment, port, output, and its end. */
@NullMarked
package io.testmesh.plugin.process;

import org.jspecify.annotations.NullMarked;

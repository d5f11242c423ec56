/** For authors of plugins: a folder to begin with, and a check of one. */
@NullMarked
package io.testmesh.plugin.author;

import org.jspecify.annotations.NullMarked;

/**
 * What people give to install, a folder or an archive, brought safely into a folder of ours:
 * nothing outside of it is written, nothing special is opened, and there is an end to it.
 */
@NullMarked
package io.testmesh.plugin.archive;

import org.jspecify.annotations.NullMarked;

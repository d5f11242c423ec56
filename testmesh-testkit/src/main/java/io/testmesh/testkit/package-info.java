/** Unit tests of actions. May use the API alone; the engine runs the steps. */
@NullMarked
package io.testmesh.testkit;

import org.jspecify.annotations.NullMarked;

/**
 * Runs checked flows: the one step loop, its attempts, deadlines and cancellation. Everything else
 * that wants to know listens to its events. May use all stages before it.
 */
@NullMarked
package io.testmesh.engine.run;

import org.jspecify.annotations.NullMarked;

/**
 * What a run found: run, flow, step, attempt, assertion, problem. Immutable; every report, the exit
 * code and JUnit read these and compute no status of their own. May use {@code flow}.
 */
@NullMarked
package io.testmesh.result;

import org.jspecify.annotations.NullMarked;

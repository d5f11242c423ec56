/**
 * Flows as JUnit tests, with JUnit 5 (5.8.0 and newer) and JUnit 6. Thin: finds flows, names them
 * and turns what a run found into what JUnit shows. May use the API and JUnit.
 */
@NullMarked
package io.testmesh.junit;

import org.jspecify.annotations.NullMarked;

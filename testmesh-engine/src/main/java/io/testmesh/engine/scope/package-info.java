/**
 * Which name means what: the order of lookup, the built-ins, and what a step's result adds. May use
 * {@code value} and {@code expression}.
 */
@NullMarked
package io.testmesh.engine.scope;

import org.jspecify.annotations.NullMarked;

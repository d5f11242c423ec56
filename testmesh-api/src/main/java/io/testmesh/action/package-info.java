/**
 * What an integrator implements: {@link io.testmesh.action.ActionHandler} with its descriptor, and
 * what a handler is given. May use {@code flow} and {@code result}.
 */
@NullMarked
package io.testmesh.action;

import org.jspecify.annotations.NullMarked;

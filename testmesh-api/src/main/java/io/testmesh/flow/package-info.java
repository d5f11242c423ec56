/**
 * The immutable model of a flow: what was written, checked for form, with the place of every part.
 * May use nothing but the JDK.
 */
@NullMarked
package io.testmesh.flow;

import org.jspecify.annotations.NullMarked;

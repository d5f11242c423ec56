/**
 * The rows that a flow runs over: found, read and held against each other before the run, and read
 * again, one after the other, while it goes on. May use {@code load}, {@code yaml}, {@code value}
 * and the API's model.
 */
@NullMarked
package io.testmesh.engine.data;

import org.jspecify.annotations.NullMarked;

/**
 * Real servers for tests: each a process of its own on free loopback ports, which ends with the JVM
 * that started it, however that ends.
 */
@NullMarked
package io.testmesh.backends;

import org.jspecify.annotations.NullMarked;

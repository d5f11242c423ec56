@NullMarked
package io.testmesh.testkit;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.testmesh.junit;

import org.jspecify.annotations.NullMarked;

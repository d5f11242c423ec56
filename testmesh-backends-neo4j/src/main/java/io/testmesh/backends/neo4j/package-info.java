/** A real Neo4j for tests. */
@NullMarked
package io.testmesh.backends.neo4j;

import org.jspecify.annotations.NullMarked;

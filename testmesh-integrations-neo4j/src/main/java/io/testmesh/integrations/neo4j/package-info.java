/**
 * The actions for graphs in Neo4j: descriptors and checks that load no driver, and behind them one
 * query in a session of its own. May use the API and the common parts of the integrations.
 */
@NullMarked
package io.testmesh.integrations.neo4j;

import org.jspecify.annotations.NullMarked;

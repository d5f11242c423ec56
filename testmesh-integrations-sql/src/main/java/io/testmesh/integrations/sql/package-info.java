/**
 * The actions for PostgreSQL and for any database with a JDBC driver: descriptors and checks that
 * load no driver; behind them a pool for each connection, statements whose values are always bound,
 * and rows as JSON-like values. May use the API and the common parts of the integrations.
 */
@NullMarked
package io.testmesh.integrations.sql;

import org.jspecify.annotations.NullMarked;

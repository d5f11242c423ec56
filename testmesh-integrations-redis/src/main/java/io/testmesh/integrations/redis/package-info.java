/**
 * The actions for Redis, on the connections of jedis: descriptors and checks that load no client,
 * and behind them one call of a server, whatever stands behind the address: a server, the master
 * that sentinels name, or a cluster. May use the API and the common parts of the integrations.
 */
@NullMarked
package io.testmesh.integrations.redis;

import org.jspecify.annotations.NullMarked;

/**
 * The actions for what systems say about themselves: metrics, logs and traces. Each asks a server
 * over HTTP once; the engine repeats those that assert. May use the API and the common parts of the
 * integrations.
 */
@NullMarked
package io.testmesh.integrations.observability;

import org.jspecify.annotations.NullMarked;

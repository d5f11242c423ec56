/**
 * Mock servers: HTTP servers that a flow starts, that answer what it says, and that end with it.
 * May use the API and the common integrations package.
 */
@NullMarked
package io.testmesh.integrations.http.mock;

import org.jspecify.annotations.NullMarked;

/**
 * The action {@code http_request}: from a step's configuration to a request, and from what comes
 * back to JSON-like values. The one user of the HTTP client, which is loaded by the first step that
 * sends a request. May use the API and the common integrations package.
 */
@NullMarked
package io.testmesh.integrations.http;

import org.jspecify.annotations.NullMarked;

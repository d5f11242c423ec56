/**
 * What the families of integrations share: TLS material, authentication, conversions of configured
 * values. May use the API only, and no client library.
 */
@NullMarked
package io.testmesh.integrations.common;

import org.jspecify.annotations.NullMarked;

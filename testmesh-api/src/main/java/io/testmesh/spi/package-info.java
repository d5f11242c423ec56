/**
 * What joins the modules at run time: the engine's provider, reports, further sources of actions.
 * Found by {@link java.util.ServiceLoader}. May use all other packages of the API.
 */
@NullMarked
package io.testmesh.spi;

import org.jspecify.annotations.NullMarked;

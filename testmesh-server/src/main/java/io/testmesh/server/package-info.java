/**
 * REST for one TestMesh: the plugin registry, checking and running flows, and their events. From
 * the socket inwards: {@code HttpService} takes requests, {@code Admission} refuses those of
 * others, {@code Router} finds the route, and each {@code …Routes} class answers. May use the API,
 * the plugin host, the reports and jackson-core; the engine is found at run time.
 */
@NullMarked
package io.testmesh.server;

import org.jspecify.annotations.NullMarked;

/**
 * The actions of the language that need no server: handlers like anybody's, found by the service
 * loader. May use the API alone.
 */
@NullMarked
package io.testmesh.engine.action;

import org.jspecify.annotations.NullMarked;

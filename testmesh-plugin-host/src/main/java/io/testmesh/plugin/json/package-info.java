/** JSON as plugin files hold it: read with places and limits, written for people. */
@NullMarked
package io.testmesh.plugin.json;

import org.jspecify.annotations.NullMarked;

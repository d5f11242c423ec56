/** The one door for those who list, install, enable and remove plugins: command line and REST. */
@NullMarked
package io.testmesh.plugin.admin;

import org.jspecify.annotations.NullMarked;

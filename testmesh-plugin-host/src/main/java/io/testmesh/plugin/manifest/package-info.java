/** What a plugin says about itself before it runs: {@code manifest.json}. */
@NullMarked
package io.testmesh.plugin.manifest;

import org.jspecify.annotations.NullMarked;

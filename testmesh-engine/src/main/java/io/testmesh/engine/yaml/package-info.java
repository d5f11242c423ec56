/**
 * Text to nodes: the only package that knows snakeyaml-engine. Every node keeps its place. May use the
 * API's {@code flow} and {@code result} packages.
 */
@NullMarked
package io.testmesh.engine.yaml;

import org.jspecify.annotations.NullMarked;

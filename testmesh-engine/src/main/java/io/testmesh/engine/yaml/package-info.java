/**
 * Text to nodes: the only package that knows snakeyaml-engine. Every node keeps its place. May use
 * the API and {@code value}.
 */
@NullMarked
package io.testmesh.engine.yaml;

import org.jspecify.annotations.NullMarked;

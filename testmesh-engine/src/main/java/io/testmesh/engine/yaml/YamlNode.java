package io.testmesh.engine.yaml;

import org.jspecify.annotations.Nullable;

/**
 * A part of a YAML document with its place. Places are UTF-16 offsets of the document's text;
 * {@link YamlDocument} turns them into lines and columns. Immutable; a node that the document
 * repeats by an alias is one object with one place.
 */
public sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {

  /** The offset of the first character, anchors and tags not counted. */
  int start();

  /** The offset after the last character; the start where the value was left out. */
  int end();

  /** The JSON-like value of this node, immutable, maps in the order of the text. */
  @Nullable Object value();

  /** Whether the node is a null, written or left out. */
  default boolean isNull() {
    return false;
  }
}

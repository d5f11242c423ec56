package io.testmesh.engine.path;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of nodes that grows: their values, and their locations when somebody wants them. */
final class Nodes {
  private final List<@Nullable Object> values = new ArrayList<>();
  private final @Nullable List<Location> locations;

  private Nodes(@Nullable List<Location> locations) {
    this.locations = locations;
  }

  static Nodes ofValues() {
    return new Nodes(null);
  }

  static Nodes withLocations() {
    return new Nodes(new ArrayList<>());
  }

  /** An empty list of the same kind. */
  Nodes emptyCopy() {
    return locations == null ? ofValues() : withLocations();
  }

  /**
   * Adds a node.
   *
   * @param at where it is; null without locations
   */
  void add(@Nullable Object value, @Nullable Location at) {
    values.add(value);
    if (locations != null && at != null) {
      locations.add(at);
    }
  }

  int size() {
    return values.size();
  }

  @Nullable Object value(int index) {
    return values.get(index);
  }

  /** Where a node is; null without locations. */
  @Nullable Location location(int index) {
    return locations == null ? null : locations.get(index);
  }

  boolean hasLocations() {
    return locations != null;
  }

  List<@Nullable Object> values() {
    return Collections.unmodifiableList(values);
  }

  /** The paths of all nodes; empty without locations. */
  List<String> normalizedPaths() {
    List<String> paths = new ArrayList<>();
    if (locations != null) {
      for (Location location : locations) {
        paths.add(location.normalized());
      }
    }
    return paths;
  }
}

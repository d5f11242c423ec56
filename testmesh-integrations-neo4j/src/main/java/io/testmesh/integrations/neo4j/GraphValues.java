package io.testmesh.integrations.neo4j;

import io.testmesh.integrations.common.JsonLike;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.Entity;
import org.neo4j.driver.types.Node;
import org.neo4j.driver.types.Path;
import org.neo4j.driver.types.Point;
import org.neo4j.driver.types.Relationship;

/** From the driver's values to JSON-like ones. */
final class GraphValues {
  private GraphValues() {}

  /** The value as a result holds it. */
  static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Node node) {
      return node(node);
    }
    if (value instanceof Relationship relationship) {
      return relationship(relationship);
    }
    if (value instanceof Path path) {
      return path(path);
    }
    if (value instanceof Point point) {
      return point(point);
    }
    if (value instanceof ZonedDateTime time) {
      // The name of a zone is no part of ISO 8601.
      return time.toOffsetDateTime().toString();
    }
    if (value instanceof OffsetDateTime time) {
      return time.toString();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(plain(item)));
      return copy;
    }
    return JsonLike.of(value);
  }

  private static Map<String, @Nullable Object> node(Node node) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("id", node.elementId());
    List<Object> labels = new ArrayList<>();
    node.labels().forEach(labels::add);
    values.put("labels", labels);
    addProperties(node, values);
    return values;
  }

  private static Map<String, @Nullable Object> relationship(Relationship relationship) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("id", relationship.elementId());
    values.put("type", relationship.type());
    values.put("start", relationship.startNodeElementId());
    values.put("end", relationship.endNodeElementId());
    addProperties(relationship, values);
    return values;
  }

  /** Under {@code properties}, and beside it where no other key has the name. */
  private static void addProperties(Entity entity, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    for (String key : entity.keys()) {
      properties.put(key, plain(entity.get(key).asObject()));
    }
    values.put("properties", properties);
    properties.forEach(
        (key, value) -> {
          if (!values.containsKey(key)) {
            values.put(key, value);
          }
        });
  }

  private static Map<String, @Nullable Object> path(Path path) {
    List<Object> nodes = new ArrayList<>();
    path.nodes().forEach(node -> nodes.add(node(node)));
    List<Object> relationships = new ArrayList<>();
    path.relationships().forEach(one -> relationships.add(relationship(one)));
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("nodes", nodes);
    values.put("relationships", relationships);
    values.put("length", (long) path.length());
    return values;
  }

  private static Map<String, @Nullable Object> point(Point point) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("srid", (long) point.srid());
    values.put("x", point.x());
    values.put("y", point.y());
    if (!Double.isNaN(point.z())) {
      values.put("z", point.z());
    }
    return values;
  }
}

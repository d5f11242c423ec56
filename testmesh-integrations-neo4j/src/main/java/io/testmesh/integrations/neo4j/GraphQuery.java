package io.testmesh.integrations.neo4j;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.summary.SummaryCounters;

/**
 * One attempt of the actions. The driver ends a query when the thread that waits is interrupted.
 */
final class GraphQuery {
  private GraphQuery() {}

  static ActionResult run(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    Graph graph = Graph.of(context);
    boolean isRead = config.text("access").equals("read");
    SessionConfig.Builder session =
        SessionConfig.builder().withDefaultAccessMode(isRead ? AccessMode.READ : AccessMode.WRITE);
    config
        .optionalText("database")
        .filter(name -> !name.isEmpty())
        .ifPresent(session::withDatabase);
    Duration left = context.deadline().remaining();
    TransactionConfig limit =
        TransactionConfig.builder()
            .withTimeout(left.isZero() ? Duration.ofMillis(1) : left)
            .build();
    String query = config.text("query");
    try (Session own = graph.driver().session(session.build())) {
      Result result = own.run(query, parameters(config.map("params")), limit);
      List<Object> rows = new ArrayList<>();
      while (result.hasNext()) {
        rows.add(row(result.next()));
      }
      return ActionResult.of("rows", rows)
          .with("count", (long) rows.size())
          .with("summary", summary(result.consume().counters()));
    } catch (Neo4jException e) {
      if (context.cancellation().isCancelled() || Thread.interrupted()) {
        throw new InterruptedException("the step was stopped");
      }
      throw GraphErrors.of(e, graph.settings(), query);
    }
  }

  private static Map<String, @Nullable Object> row(Record record) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (String key : record.keys()) {
      row.put(key, GraphValues.plain(record.get(key).asObject()));
    }
    return row;
  }

  private static Map<String, Object> parameters(Map<String, @Nullable Object> written)
      throws ActionException {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> entry : written.entrySet()) {
      Object value = parameter(entry.getValue(), entry.getKey());
      parameters.put(entry.getKey(), value);
    }
    return parameters;
  }

  @SuppressWarnings("NullAway") // the driver takes null for null
  private static Object parameter(@Nullable Object value, String name) throws ActionException {
    if (value instanceof BigDecimal exact) {
      return exact.doubleValue();
    }
    if (value instanceof BigInteger) {
      throw new ActionException(
          ActionException.INVALID_VALUE,
          "\"params." + name + "\" is larger than the integers of Neo4j: " + value);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        copy.put(String.valueOf(entry.getKey()), parameter(entry.getValue(), name));
      }
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      for (Object item : list) {
        copy.add(parameter(item, name));
      }
      return copy;
    }
    return value;
  }

  private static Map<String, @Nullable Object> summary(SummaryCounters counters) {
    Map<String, @Nullable Object> summary = new LinkedHashMap<>();
    summary.put("nodes_created", (long) counters.nodesCreated());
    summary.put("nodes_deleted", (long) counters.nodesDeleted());
    summary.put("relationships_created", (long) counters.relationshipsCreated());
    summary.put("relationships_deleted", (long) counters.relationshipsDeleted());
    summary.put("properties_set", (long) counters.propertiesSet());
    summary.put("labels_added", (long) counters.labelsAdded());
    summary.put("labels_removed", (long) counters.labelsRemoved());
    summary.put("indexes_added", (long) counters.indexesAdded());
    summary.put("indexes_removed", (long) counters.indexesRemoved());
    summary.put("constraints_added", (long) counters.constraintsAdded());
    summary.put("constraints_removed", (long) counters.constraintsRemoved());
    return summary;
  }
}

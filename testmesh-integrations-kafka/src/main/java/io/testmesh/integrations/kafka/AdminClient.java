package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What the actions ask of brokers; shared by the flows of a runner, closed with it. */
final class AdminClient implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final KafkaSettings settings;
  private final Admin client;

  private AdminClient(KafkaSettings settings, Admin client) {
    this.settings = settings;
    this.client = client;
  }

  static AdminClient of(ActionContext context, KafkaSettings settings)
      throws ActionException, InterruptedException {
    return context
        .runnerResources()
        .resource(
            AdminClient.class,
            settings,
            () -> {
              KafkaErrors.probe(settings);
              Map<String, Object> config = ClientConfig.of(settings, Map.of());
              return new AdminClient(
                  settings, KafkaErrors.make(settings, () -> Admin.create(config)));
            });
  }

  ActionResult topics(boolean internal) throws ActionException, InterruptedException {
    String doing = "list the topics";
    ListTopicsOptions options = new ListTopicsOptions().listInternal(internal);
    Map<String, TopicDescription> all =
        get(
            client.describeTopics(get(client.listTopics(options).names(), doing)).allTopicNames(),
            doing);
    List<Object> topics = new ArrayList<>();
    for (TopicDescription topic : new TreeMap<>(all).values()) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("name", topic.name());
      values.put("partitions", (long) topic.partitions().size());
      values.put("replicationFactor", (long) topic.partitions().get(0).replicas().size());
      topics.add(values);
    }
    return ActionResult.of("topics", topics);
  }

  /** Makes a topic; returns when messages can be sent to it. */
  ActionResult create(
      ActionContext context,
      String topic,
      int partitions,
      short replicas,
      Map<String, String> configs,
      boolean ifNotExists)
      throws ActionException, InterruptedException {
    String doing = "make the topic \"" + topic + "\"";
    boolean created = true;
    int found = partitions;
    int replicated = replicas;
    try {
      client
          .createTopics(List.of(new NewTopic(topic, partitions, replicas).configs(configs)))
          .all()
          .get(settings.connectionTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!ifNotExists || !(e.getCause() instanceof TopicExistsException)) {
        throw KafkaErrors.of(e, settings, doing);
      }
      created = false;
    } catch (RuntimeException e) {
      throw KafkaErrors.of(e, settings, doing);
    } catch (TimeoutException e) {
      throw late(doing, e);
    }
    List<TopicPartitionInfo> there = ready(context, topic, created ? partitions : 1, doing);
    if (!created) {
      found = there.size();
      replicated = there.get(0).replicas().size();
    }
    return ActionResult.of("topic", topic)
        .with("created", created)
        .with("partitions", (long) found)
        .with("replicationFactor", (long) replicated);
  }

  /** Waits until every partition has a leader. */
  private List<TopicPartitionInfo> ready(
      ActionContext context, String topic, int partitions, String doing)
      throws ActionException, InterruptedException {
    while (true) {
      try {
        TopicDescription described =
            client
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get(settings.connectionTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .get(topic);
        List<TopicPartitionInfo> found = described == null ? List.of() : described.partitions();
        boolean led =
            found.stream().allMatch(one -> one.leader() != null && !one.leader().isEmpty());
        if (led && !found.isEmpty() && found.size() >= partitions) {
          return found;
        }
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw KafkaErrors.of(e, settings, doing);
        }
      } catch (RuntimeException e) {
        throw KafkaErrors.of(e, settings, doing);
      } catch (TimeoutException e) {
        throw late(doing, e);
      }
      if (context.deadline().isOver()) {
        throw late(doing, null);
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  ActionResult delete(String topic, boolean ifExists) throws ActionException, InterruptedException {
    String doing = "delete the topic \"" + topic + "\"";
    try {
      client
          .deleteTopics(List.of(topic))
          .all()
          .get(settings.connectionTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return ActionResult.of("deleted", List.of(topic));
    } catch (ExecutionException e) {
      if (ifExists && e.getCause() instanceof UnknownTopicOrPartitionException) {
        return ActionResult.of("deleted", List.of());
      }
      throw KafkaErrors.of(e, settings, doing);
    } catch (RuntimeException e) {
      throw KafkaErrors.of(e, settings, doing);
    } catch (TimeoutException e) {
      throw late(doing, e);
    }
  }

  private <T> T get(KafkaFuture<T> future, String doing)
      throws ActionException, InterruptedException {
    try {
      return future.get(settings.connectionTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | RuntimeException e) {
      throw KafkaErrors.of(e, settings, doing);
    } catch (TimeoutException e) {
      throw late(doing, e);
    }
  }

  private ActionException late(String doing, @Nullable Exception cause)
      throws InterruptedException {
    org.apache.kafka.common.errors.TimeoutException error =
        new org.apache.kafka.common.errors.TimeoutException("the time is up", cause);
    return KafkaErrors.of(error, settings, doing);
  }

  @Override
  public void close() {
    client.close(GRACE);
  }
}

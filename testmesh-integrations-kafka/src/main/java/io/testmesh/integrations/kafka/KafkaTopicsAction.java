package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code kafka.admin.topics}. */
public final class KafkaTopicsAction extends KafkaAction {
  /** For {@link java.util.ServiceLoader}. */
  public KafkaTopicsAction() {
    super("list topics");
  }

  @Override
  ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("kafka.admin.topics")
            .describedAs("Lists the topics, sorted by name.")
            .optional(
                "include_internal",
                ConfigType.BOOLEAN,
                false,
                "Whether those of Kafka itself are listed");
    return KafkaKeys.connection(own)
        .result("topics", ConfigType.LIST, "Each with name, partitions and replicationFactor")
        .example(
            """
            - action: kafka.admin.topics
              config: {brokers: "localhost:9092"}
              assert: ['any(topics, .name == "orders")']
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return KafkaSteps.topicList(context);
  }
}

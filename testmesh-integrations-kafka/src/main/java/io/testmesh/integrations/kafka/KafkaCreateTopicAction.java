package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;

/** The action {@code kafka.admin.createTopic}. */
public final class KafkaCreateTopicAction extends KafkaAction {
  /** For {@link java.util.ServiceLoader}. */
  public KafkaCreateTopicAction() {
    super("make topic");
  }

  @Override
  ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("kafka.admin.createTopic")
            .describedAs("Makes a topic, and returns when messages can be sent to it.")
            .required("topic", ConfigType.TEXT, "The topic")
            .optional("partitions", ConfigType.INTEGER, 1L, "How many partitions it has")
            .optional("replicationFactor", ConfigType.INTEGER, 1L, "How many brokers have each")
            .optional("configs", ConfigType.MAP, "Settings of the topic, such as retention.ms")
            .optional(
                "if_not_exists", ConfigType.BOOLEAN, false, "Whether one that is there will do");
    return KafkaKeys.connection(own)
        .result("topic", ConfigType.TEXT, "The topic")
        .result("created", ConfigType.BOOLEAN, "false when it was there")
        .result("partitions", ConfigType.INTEGER, "How many partitions it has")
        .result("replicationFactor", ConfigType.INTEGER, "How many brokers have each")
        .example(
            """
            - action: kafka.admin.createTopic
              config: {brokers: "localhost:9092", topic: orders, partitions: 3, if_not_exists: true}
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    KafkaSteps.checkPositive(config, "partitions", "replicationFactor");
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return KafkaSteps.createTopic(context);
  }
}

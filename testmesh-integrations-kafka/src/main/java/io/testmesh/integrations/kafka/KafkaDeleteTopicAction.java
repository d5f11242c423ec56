package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code kafka.admin.deleteTopic}. */
public final class KafkaDeleteTopicAction extends KafkaAction {
  /** For {@link java.util.ServiceLoader}. */
  public KafkaDeleteTopicAction() {
    super("delete topic");
  }

  @Override
  ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("kafka.admin.deleteTopic")
            .describedAs("Deletes a topic with all its messages.")
            .required("topic", ConfigType.TEXT, "The topic")
            .optional(
                "if_exists", ConfigType.BOOLEAN, false, "Whether one that is not there will do");
    return KafkaKeys.connection(own)
        .result("deleted", ConfigType.LIST, "The topic; empty when it was not there")
        .example(
            """
            - action: kafka.admin.deleteTopic
              config: {brokers: "localhost:9092", topic: orders, if_exists: true}
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return KafkaSteps.deleteTopic(context);
  }
}

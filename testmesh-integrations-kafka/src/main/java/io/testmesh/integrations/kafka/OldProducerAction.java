package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;

/** The older action {@code kafka_producer}. */
public final class OldProducerAction extends KafkaAction {
  /** For {@link java.util.ServiceLoader}. */
  public OldProducerAction() {
    super("send to");
  }

  @Override
  ActionDescriptor describe() {
    return OldKeys.produce("kafka_producer");
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return KafkaSteps.oldProduce(context);
  }
}

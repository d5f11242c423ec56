package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;

/** The older action {@code kafka_consumer}. */
public final class OldConsumerAction extends ReadAction {
  /** For {@link java.util.ServiceLoader}. */
  public OldConsumerAction() {}

  @Override
  ActionDescriptor describe() {
    return OldKeys.consume("kafka_consumer");
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return KafkaSteps.oldConsume(context);
  }
}

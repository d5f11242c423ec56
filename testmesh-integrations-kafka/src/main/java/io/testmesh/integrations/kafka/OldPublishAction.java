package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;

/** The older action {@code kafka_publish}. */
public final class OldPublishAction extends KafkaAction {
  /** For {@link java.util.ServiceLoader}. */
  public OldPublishAction() {
    super("send to");
  }

  @Override
  ActionDescriptor describe() {
    return OldKeys.produce("kafka_publish");
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return KafkaSteps.oldProduce(context);
  }
}

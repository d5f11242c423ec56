package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;

/** The older action {@code kafka_consume}. */
public final class OldConsumeAction extends ReadAction {
  /** For {@link java.util.ServiceLoader}. */
  public OldConsumeAction() {}

  @Override
  ActionDescriptor describe() {
    return OldKeys.consume("kafka_consume");
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return KafkaSteps.oldConsume(context);
  }
}

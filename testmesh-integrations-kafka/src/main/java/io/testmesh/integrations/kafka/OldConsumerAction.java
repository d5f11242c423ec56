package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.FlowContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The older action {@code kafka_consumer}. */
public final class OldConsumerAction extends KafkaAction {
  /** For {@link java.util.ServiceLoader}. */
  public OldConsumerAction() {
    super("read");
  }

  @Override
  public ActionDescriptor descriptor() {
    return OldKeys.consume("kafka_consumer");
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    ConsumeKeys.checkTopic(config);
  }

  @Override
  public void beforeFlow(FlowContext flow, List<Map<String, @Nullable Object>> steps)
      throws InterruptedException {
    KafkaSteps.noteStart(flow, steps);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return KafkaSteps.oldConsume(context);
  }
}

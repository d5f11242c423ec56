package io.testmesh.integrations.kafka;

import io.testmesh.action.ConfigCheck;
import io.testmesh.action.FlowContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the actions that read have in common: they note where topics end when the flow begins. */
abstract class ReadAction extends KafkaAction {
  ReadAction() {
    super("read");
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    ConsumeKeys.checkTopic(config);
    KafkaSteps.checkPositive(config, "maxMessages", "max_messages");
  }

  @Override
  public void beforeFlow(FlowContext flow, List<Map<String, @Nullable Object>> steps)
      throws InterruptedException {
    KafkaSteps.noteStart(flow, steps);
  }
}

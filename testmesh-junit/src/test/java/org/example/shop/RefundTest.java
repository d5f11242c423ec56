package org.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.testmesh.FlowRunner;
import io.testmesh.junit.FlowRunnerExtension;
import io.testmesh.junit.FlowTest;
import io.testmesh.junit.TestMesh;
import io.testmesh.result.FlowResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

// docs: class
class RefundTest {
  private static Shop shop;

  @RegisterExtension
  static final FlowRunnerExtension testmesh =
      TestMesh.runner(builder -> builder.variable("base_url", shop.url()));

  @BeforeAll
  static void start() {
    shop = Shop.start();
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @FlowTest("src/test/flows/refund.yaml")
  @Tag("money")
  @Timeout(20)
  void refund(FlowResult result) {
    assertEquals("done", result.step("refund").output("state"));
  }

  @TestFactory
  Stream<DynamicNode> smoke() {
    return testmesh.flows("src/test/flows").tags("smoke").stream();
  }

  @Test
  void the_catalogue_knows_http(FlowRunner runner) {
    assertTrue(
        runner.tools().actions().stream().anyMatch(action -> action.id().equals("http_request")));
  }
}
// docs: end

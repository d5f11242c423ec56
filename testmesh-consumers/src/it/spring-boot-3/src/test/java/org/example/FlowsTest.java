package org.example;

import io.testmesh.junit.TestMesh;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class FlowsTest {
  @Value("${local.server.port}")
  int port;

  @TestFactory
  Stream<DynamicNode> flows() {
    return TestMesh.flows(System.getProperty("flows", "src/test/flows"))
        .variable("SHOP", "http://localhost:" + port)
        .stream();
  }
}

package org.example;

import io.testmesh.junit.TestMesh;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class FlowsTest {
  @TestFactory
  Stream<DynamicNode> flows() {
    return TestMesh.flows(System.getProperty("flows", "src/test/flows"))
        .plugins(Path.of("plugins"))
        .stream();
  }
}

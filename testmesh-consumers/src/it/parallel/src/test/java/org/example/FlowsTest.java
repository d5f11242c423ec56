package org.example;

import io.testmesh.junit.TestMesh;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class FlowsTest {
  @TestFactory
  Stream<DynamicNode> flows() {
    return TestMesh.flows(System.getProperty("flows", "src/test/flows")).stream();
  }

  /** The same flows at the same time: each has its own runner and its own mock server. */
  @TestFactory
  Stream<DynamicNode> side_by_side() {
    return TestMesh.flows("src/test/flows").labelled("again").stream();
  }
}

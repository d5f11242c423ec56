package org.example.shop;

import io.testmesh.junit.TestMesh;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class OrderFlowsTest {
  private static Shop shop;

  @BeforeAll
  static void start() {
    shop = Shop.start();
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  // docs: factory
  @TestFactory
  Stream<DynamicNode> flows() {
    return TestMesh.flows("src/test/flows").variable("base_url", shop.url()).stream();
  }
  // docs: end
}

package io.testmesh.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.testmesh.FlowRunner;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Test classes as users write them; run by {@link Probe}, some of them meant to fail. */
final class Fixtures {
  private Fixtures() {}

  static final class Good {
    @TestFactory
    Stream<DynamicNode> flows() {
      return TestMesh.flows("flows/good").stream();
    }
  }

  static final class Bad {
    @TestFactory
    Stream<DynamicNode> flows() {
      return TestMesh.flows("src/test/resources/flows/bad").stream();
    }
  }

  static final class Broken {
    @TestFactory
    Stream<DynamicNode> flows() {
      return TestMesh.flows("src/test/resources/flows/broken").stream();
    }
  }

  static final class Calling {
    @TestFactory
    Stream<DynamicNode> flows() {
      return TestMesh.flows("src/test/resources/flows/calls").stream();
    }
  }

  static final class Nothing {
    @TestFactory
    Stream<DynamicNode> none_with_the_tag() {
      return TestMesh.flows("flows/good").tags("nightly").stream();
    }

    @TestFactory
    Stream<DynamicNode> no_such_folder() {
      return TestMesh.flows("flows/god").stream();
    }
  }

  static final class Variables {
    @TestFactory
    Stream<DynamicNode> flows() {
      return TestMesh.flows("flows/good")
          .tags("smoke")
          .variable("greeting", "Good morning")
          .labelled("morning")
          .stream();
    }
  }

  static final class Shared {
    static final List<FlowRunner> SEEN = new ArrayList<>();

    @RegisterExtension
    static final FlowRunnerExtension MESH =
        TestMesh.runner(builder -> builder.variable("greeting", "Hello"));

    @TestFactory
    Stream<DynamicNode> flows() {
      return MESH.flows("flows/good").stream();
    }

    @FlowTest("flows/good/greeting.yaml")
    void greeting(FlowResult result, FlowRunner runner, TestInfo info) {
      SEEN.add(runner);
      assertEquals("Hello, Ada!", result.step("greet").output("said"));
      assertNotNull(info);
    }

    @org.junit.jupiter.api.Test
    void in_an_ordinary_test(FlowRunner runner) {
      SEEN.add(runner);
      assertEquals(1, SEEN.stream().distinct().count());
    }

    @Nested
    final class Inner {
      @FlowTest("flows/good/greeting.yaml")
      void greeting(FlowRunner runner) {
        SEEN.add(runner);
        assertEquals(1, SEEN.stream().distinct().count());
      }
    }
  }

  static final class Methods {
    private boolean prepared;

    @BeforeEach
    void prepare() {
      prepared = true;
    }

    @Tag("rows")
    @FlowTest("flows/good/rows.yaml")
    void each_row(RunResult run, FlowResult flow) {
      assertTrue(prepared);
      assertEquals(run.flows().get(0), flow);
    }

    @FlowTest("flows/bad/values.yaml")
    void failing() {
      throw new IllegalStateException("never entered");
    }

    @FlowTest("flows/broken/key.yaml")
    void broken(FlowResult result) {
      throw new IllegalStateException("never entered");
    }

    @FlowTest("flows/bad/values.yaml::misspelled")
    void nothing() {
      throw new IllegalStateException("never entered");
    }

    @FlowTest("flows/good/greeting.yaml")
    void own_assertion(FlowResult result) {
      assertEquals("Bye", result.step("greet").output("said"));
    }

    @Timeout(value = 300, unit = TimeUnit.MILLISECONDS)
    @FlowTest("flows/long.yaml")
    void too_long() {
      throw new IllegalStateException("never entered");
    }
  }

  static final class NotStatic {
    @RegisterExtension final FlowRunnerExtension mesh = TestMesh.runner(builder -> {});

    @TestFactory
    Stream<DynamicNode> flows() {
      return mesh.flows("flows/good").stream();
    }
  }

  static final class Collected {
    @TestFactory
    List<DynamicNode> flows() {
      return TestMesh.flows("flows/good").stream().toList();
    }
  }
}

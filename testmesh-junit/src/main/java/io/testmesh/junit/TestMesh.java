package io.testmesh.junit;

import io.testmesh.FlowRunner;
import java.util.function.Consumer;

/**
 * Where JUnit users start. A {@code @TestFactory} method gives the tests of a folder:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> flows() {
 *   return TestMesh.flows("src/test/flows").variable("base_url", server.url()).stream();
 * }
 * }</pre>
 *
 * <p>{@link FlowTest} runs a flow as an ordinary test method.
 *
 * @since 0.1
 */
public final class TestMesh {
  private TestMesh() {}

  /**
   * The flows of some places, one test for each flow or data row.
   *
   * @param places files, folders, globs, {@code FILE:LINE} or {@code FILE::name}, seen from the
   *     working folder, which Maven and IDEs set to the module; what is not there is looked for
   *     among the test resources
   */
  public static FlowTests flows(String... places) {
    return FlowTests.of(places);
  }

  /**
   * One runner for all flows of a test class, for a static field with {@code @RegisterExtension}.
   * It is made when the first flow needs it and closed after the class.
   *
   * @param settings sets the runner up; called late, so that it can use what {@code @BeforeAll}
   *     started, and once for each runner
   */
  public static FlowRunnerExtension runner(Consumer<FlowRunner.Builder> settings) {
    return new FlowRunnerExtension(settings);
  }
}

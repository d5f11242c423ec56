package io.testmesh.junit;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;

/**
 * Flows as dynamic tests: one for each flow or data row, in the order of files and rows. A test
 * runs when JUnit comes to it, on JUnit's thread. Collects what is wanted; not safe for use by
 * several threads.
 *
 * <p>The system properties {@code testmesh.flows} (places, separated by commas), {@code
 * testmesh.tags} and {@code testmesh.name} narrow what is selected here.
 *
 * @since 0.1
 */
public final class FlowTests {
  private final List<String> places;
  private final List<String> tags = new ArrayList<>();
  private final List<Consumer<FlowRunner.Builder>> settings = new ArrayList<>();
  private final RunOptions.Builder options = RunOptions.builder().parallel(1);
  private final boolean classRunner;
  private @Nullable String name;
  private String label = "";

  private FlowTests(String[] places, boolean classRunner) {
    this.places = List.of(places);
    this.classRunner = classRunner;
  }

  static FlowTests of(String... places) {
    return new FlowTests(places, false);
  }

  /** Flows that the runner of the test class runs. */
  static FlowTests ofClass(Consumer<FlowRunner.Builder> settings, String... places) {
    FlowTests tests = new FlowTests(places, true);
    tests.settings.add(settings);
    return tests;
  }

  /** Takes flows with one of the tags and without those that have an exclamation mark. */
  public FlowTests tags(String list) {
    tags.add(Objects.requireNonNull(list, "list"));
    return this;
  }

  /** Takes flows, or data rows, with this part in their name. */
  public FlowTests name(String part) {
    name = part;
    return this;
  }

  /** Sets a variable for all flows; wins over the flows' own. The value is JSON-like. */
  public FlowTests variable(String key, @Nullable Object value) {
    options.variable(key, value);
    return this;
  }

  /** Names a folder of plugins. */
  public FlowTests plugins(Path folder) {
    return runner(builder -> builder.plugins(folder));
  }

  /**
   * Sets the runner up further: actions, listeners, connections.
   *
   * @param further called for each runner that is made; one that only lists the flows comes first
   */
  public FlowTests runner(Consumer<FlowRunner.Builder> further) {
    if (classRunner) {
      throw new IllegalStateException(
          "these flows use the runner of the test class: set it up where it is registered");
    }
    settings.add(Objects.requireNonNull(further, "further"));
    return this;
  }

  /** Limits each test. JUnit's {@code @Timeout} limits the factory method alone. */
  public FlowTests timeout(Duration limit) {
    options.timeout(limit);
    return this;
  }

  /**
   * Begins the name of each test with a text. Two factories of one class that run the same flows
   * need it: a rerun of failed tests by Surefire takes tests of one name for one test.
   */
  public FlowTests labelled(String text) {
    label = text + ": ";
    return this;
  }

  /**
   * The tests, for a {@code @TestFactory} method to return. There is always at least one: when
   * nothing was found or a file is not valid, a test fails and says so.
   */
  public Stream<DynamicNode> stream() {
    LeasedRunner lease = new LeasedRunner(this::makeRunner);
    List<FlowLeaf> leaves;
    try (FlowRunner runner = makeRunner()) {
      Leaves found = new Leaves(runner, places, tags, name, options.build(), Filter.ofJvm());
      leaves = found.find(label, classRunner ? null : lease);
    }
    return LeafStream.of(leaves, lease);
  }

  private FlowRunner makeRunner() {
    FlowRunner.Builder builder = FlowRunner.builder();
    for (Consumer<FlowRunner.Builder> setting : settings) {
      setting.accept(builder);
    }
    return builder.build();
  }
}

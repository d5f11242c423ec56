package io.testmesh.junit;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.result.RunResult;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * The runner of a test class: made when it is first needed, closed by JUnit after the class. Safe
 * for use by several threads.
 */
final class ClassRunner implements Runners, Store.CloseableResource, AutoCloseable {
  private static final String KEY = "runner";

  private final Consumer<FlowRunner.Builder> settings;
  private @Nullable FlowRunner runner;

  ClassRunner(Consumer<FlowRunner.Builder> settings) {
    this.settings = settings;
  }

  /** The runner of the class that a context belongs to; one with the usual settings if need be. */
  static ClassRunner of(ExtensionContext context) {
    ClassRunner registered = store(context).get(KEY, ClassRunner.class);
    return registered == null
        ? store(outermost(context))
            .getOrComputeIfAbsent(KEY, key -> new ClassRunner(builder -> {}), ClassRunner.class)
        : registered;
  }

  /** Makes a runner that of a class and of those inside of it, unless it is already. */
  static void register(ExtensionContext context, Consumer<FlowRunner.Builder> settings) {
    Store store = store(context);
    if (store.get(settings) == null) {
      ClassRunner runner = new ClassRunner(settings);
      store.put(settings, runner);
      store.put(KEY, runner);
    }
  }

  /** The runner that was registered with these settings; null when there is none. */
  static @Nullable ClassRunner registered(
      ExtensionContext context, Consumer<FlowRunner.Builder> settings) {
    return store(context).get(settings, ClassRunner.class);
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(ClassRunner.class));
  }

  private static ExtensionContext outermost(ExtensionContext context) {
    ExtensionContext outermost = context;
    Optional<ExtensionContext> parent = context.getParent();
    while (parent.isPresent() && parent.get().getTestClass().isPresent()) {
      outermost = parent.get();
      parent = outermost.getParent();
    }
    return outermost;
  }

  synchronized FlowRunner runner() {
    FlowRunner made = runner;
    if (made == null) {
      FlowRunner.Builder builder = FlowRunner.builder();
      settings.accept(builder);
      made = builder.build();
      runner = made;
    }
    return made;
  }

  @Override
  public RunResult run(FlowSet flows, RunOptions options) {
    return runner().run(flows, options);
  }

  @Override
  public synchronized void close() {
    if (runner != null) {
      runner.close();
    }
  }
}

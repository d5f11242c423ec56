package io.testmesh.junit;

import io.testmesh.FlowRunner;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One runner for all flows of a test class and of the classes nested in it, for a static field with
 * {@code @RegisterExtension}. Methods may have a parameter of the type {@code FlowRunner}. JUnit
 * closes the runner after the class. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class FlowRunnerExtension
    implements BeforeAllCallback, BeforeEachCallback, InvocationInterceptor, ParameterResolver {
  private final Consumer<FlowRunner.Builder> settings;

  FlowRunnerExtension(Consumer<FlowRunner.Builder> settings) {
    this.settings = settings;
  }

  /** Flows that this runner runs; see {@link TestMesh#flows}. */
  public FlowTests flows(String... places) {
    return FlowTests.ofClass(settings, places);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ClassRunner.register(context, settings);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    own(context);
  }

  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation,
      DynamicTestInvocationContext called,
      ExtensionContext extensionContext)
      throws Throwable {
    if (called.getExecutable() instanceof FlowLeaf leaf && leaf.wantsRunner()) {
      leaf.runWith(own(extensionContext));
    }
    invocation.proceed();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FlowRunner.class
        // FlowTest resolves its own.
        && !parameter.getDeclaringExecutable().isAnnotationPresent(FlowTest.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return own(context).runner();
  }

  private ClassRunner own(ExtensionContext context) {
    ClassRunner known = ClassRunner.registered(context, settings);
    if (known == null) {
      throw new ExtensionConfigurationException("the field of TestMesh.runner(...) is not static");
    }
    return known;
  }
}

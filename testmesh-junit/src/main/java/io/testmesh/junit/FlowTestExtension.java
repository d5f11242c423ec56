package io.testmesh.junit;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs the flow of a {@link FlowTest} and hands over what it gave. JUnit makes a method's arguments
 * before {@code @Timeout} and other interceptors begin, and the flow has to run inside of them: so
 * the arguments are made once more after it ran.
 */
final class FlowTestExtension
    implements TestTemplateInvocationContextProvider, ParameterResolver {
  private static final Namespace SPACE = Namespace.create(FlowTestExtension.class);

  FlowTestExtension() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return flowTest(context) != null;
  }

  private static @Nullable FlowTest flowTest(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getTestMethod(), FlowTest.class).orElse(null);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    FlowTest flowTest = flowTest(context);
    List<String> places = flowTest == null ? List.of() : List.of(flowTest.value());
    ClassRunner runner = ClassRunner.of(context);
    RunOptions options = RunOptions.builder().parallel(1).build();
    List<FlowLeaf> leaves =
        new Leaves(runner.runner(), places, List.of(), null, options, Filter.NONE).find("", runner);
    return leaves.stream().map(Invoked::new);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == FlowRunner.class || type == FlowResult.class || type == RunResult.class;
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == FlowRunner.class) {
      return ClassRunner.of(context).runner();
    }
    RunResult run = context.getStore(SPACE).get(RunResult.class, RunResult.class);
    if (run == null || type == RunResult.class) {
      return run;
    }
    return run.flows().get(0);
  }

  /** One call of the method. */
  private record Invoked(FlowLeaf leaf) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int index) {
      return leaf.name();
    }

    /** JUnit calls it last of all interceptors, so that it leaves out none when it calls. */
    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new FlowFirst(leaf));
    }
  }

  private record FlowFirst(FlowLeaf leaf) implements InvocationInterceptor {
    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> called,
        ExtensionContext context)
        throws Throwable {
      RunResult run = leaf.run();
      Failures.throwUnlessPassed(run);
      if (!wantsResult(called.getExecutable())) {
        invocation.proceed();
        return;
      }
      context.getStore(SPACE).put(RunResult.class, run);
      invocation.skip();
      context
          .getExecutableInvoker()
          .invoke(called.getExecutable(), called.getTarget().orElse(null));
    }

    private static boolean wantsResult(Method method) {
      for (Class<?> type : method.getParameterTypes()) {
        if (type == FlowResult.class || type == RunResult.class) {
          return true;
        }
      }
      return false;
    }
  }
}

package io.testmesh.junit;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Runs the flow of a {@link FlowTest} and hands over what it gave. JUnit makes a method's arguments
 * before {@code @Timeout} and other interceptors begin, and the flow has to run inside of them: the
 * arguments that it gives are filled in afterwards.
 */
final class FlowTestExtension implements TestTemplateInvocationContextProvider, ParameterResolver {
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
    return parameter.getParameter().getType() == FlowRunner.class
        ? ClassRunner.of(context).runner()
        : null;
  }

  /** One call of the method. */
  private record Invoked(FlowLeaf leaf) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int index) {
      return leaf.name();
    }

    /** JUnit calls it last of all interceptors, so that it leaves out none. */
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
      List<@Nullable Object> arguments = new ArrayList<>(called.getArguments());
      if (fillIn(arguments, called.getExecutable().getParameterTypes(), run)) {
        invocation.skip();
        ReflectionSupport.invokeMethod(
            called.getExecutable(), called.getTarget().orElse(null), arguments.toArray());
      } else {
        invocation.proceed();
      }
    }

    private static boolean fillIn(
        List<@Nullable Object> arguments, Class<?>[] types, RunResult run) {
      boolean wanted = false;
      for (int i = 0; i < types.length; i++) {
        if (types[i] == FlowResult.class) {
          arguments.set(i, run.flows().get(0));
          wanted = true;
        } else if (types[i] == RunResult.class) {
          arguments.set(i, run);
          wanted = true;
        }
      }
      return wanted;
    }
  }
}

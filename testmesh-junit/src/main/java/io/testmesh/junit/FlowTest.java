package io.testmesh.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test method that runs a flow first, once for each of its data rows. When the flow did not pass
 * the test fails with its diagnosis and the method is not entered; else the method can look at what
 * the flow gave. It may have parameters of the types {@code FlowResult}, {@code RunResult} and
 * {@code FlowRunner}, beside those of other extensions.
 *
 * <pre>{@code
 * @FlowTest("flows/refund.yaml")
 * void refund(FlowResult result) {
 *   assertEquals("done", result.step("refund").output("state"));
 * }
 * }</pre>
 *
 * <p>The flow runs where the method would: tags, {@code @Timeout}, {@code @ResourceLock},
 * {@code @BeforeEach} and other extensions work. The runner is that of the class's {@link
 * FlowRunnerExtension}, else one with the usual settings.
 *
 * @since 0.1
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(FlowTestExtension.class)
public @interface FlowTest {
  /** The flow's file, {@code FILE:LINE} or {@code FILE::name}, as for {@link TestMesh#flows}. */
  String[] value();
}

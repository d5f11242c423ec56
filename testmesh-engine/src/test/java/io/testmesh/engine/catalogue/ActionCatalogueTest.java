package io.testmesh.engine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionCatalogueTest {
  @TempDir Path folder;

  private static ActionHandler handler(String id) {
    return new ActionHandler() {
      @Override
      public ActionDescriptor descriptor() {
        return ActionDescriptor.of(id).openResult();
      }

      @Override
      public ActionResult execute(ActionContext context) {
        return ActionResult.of("mine", true);
      }
    };
  }

  /** A provider that cannot be made. */
  public static final class Broken implements ActionHandler {
    public Broken() {
      throw new IllegalStateException("no licence");
    }

    @Override
    public ActionDescriptor descriptor() {
      return ActionDescriptor.of("broken");
    }

    @Override
    public ActionResult execute(ActionContext context) {
      return ActionResult.of("done", true);
    }
  }

  /** A provider without a descriptor. */
  public static final class Nameless implements ActionHandler {
    @Override
    public ActionDescriptor descriptor() {
      throw new IllegalStateException("no name");
    }

    @Override
    public ActionResult execute(ActionContext context) {
      return ActionResult.of("done", true);
    }
  }

  /** A provider that is fine. */
  public static final class Fine implements ActionHandler {
    @Override
    public ActionDescriptor descriptor() {
      return ActionDescriptor.of("fine").openResult();
    }

    @Override
    public ActionResult execute(ActionContext context) {
      return ActionResult.of("done", true);
    }
  }

  private FlowRunner.Builder builder() {
    return FlowRunner.builder().workingFolder(folder);
  }

  private RunResult run(FlowRunner.Builder builder, String action) {
    try (FlowRunner runner = builder.build()) {
      Path file = folder.resolve("flow.yaml");
      Files.writeString(file, "flow: {name: f, steps: [{id: s, action: " + action + "}]}");
      return runner.run(runner.load(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Problem only(RunResult result) {
    assertThat(result.status()).isEqualTo(RunStatus.INVALID);
    assertThat(result.problems()).hasSize(1);
    return result.problems().get(0);
  }

  private FlowRunner.Builder withProviders(Class<?>... providers) throws IOException {
    Path services = folder.resolve("classes/META-INF/services");
    Files.createDirectories(services);
    StringBuilder names = new StringBuilder("# providers\n");
    for (Class<?> provider : providers) {
      names.append(provider.getName()).append('\n');
    }
    Files.writeString(services.resolve(ActionHandler.class.getName()), names);
    URL url = folder.resolve("classes").toUri().toURL();
    return builder().classLoader(new URLClassLoader(new URL[] {url}, getClass().getClassLoader()));
  }

  @Test
  void two_handlers_for_one_action_are_an_error_that_names_both_and_suggests_nothing() {
    Problem problem = only(run(builder().action(handler("log")), "log"));

    assertThat(problem.message())
        .startsWith("two handlers offer \"log\": ")
        .contains("ActionCatalogueTest")
        .contains("LogAction");
    assertThat(problem.hint()).isNull();
  }

  @Test
  void a_replacement_takes_the_place_of_a_built_in_action() {
    RunResult result = run(builder().replaceAction(handler("log")), "log");

    assertThat(result.flows().get(0).step("s").result()).containsEntry("mine", true);
  }

  @Test
  void a_broken_provider_is_named_where_its_action_is_missed_and_takes_no_other_down()
      throws IOException {
    FlowRunner.Builder builder = withProviders(Broken.class, Nameless.class, Fine.class);

    assertThat(run(builder, "fine").status()).isEqualTo(RunStatus.PASSED);
    assertThat(only(run(builder, "broken")).message())
        .contains("ActionCatalogueTest$Broken")
        .contains("no licence");
  }

  @Test
  void a_provider_of_an_index_that_is_no_action_is_named() throws IOException {
    Path index = folder.resolve("classes/META-INF/testmesh");
    Files.createDirectories(index);
    Files.writeString(
        index.resolve("actions.index"),
        "odd=java.lang.String\ngone=no.such.Type\nbroken=" + Broken.class.getName() + "\n");
    FlowRunner.Builder builder = withProviders();

    assertThat(only(run(builder, "odd")).message()).contains("java.lang.String of \"odd\"");
    assertThat(only(run(builder, "gone")).message()).contains("no.such.Type of \"gone\"");
    assertThat(only(run(builder, "broken")).message()).endsWith("no licence");
  }

  @Test
  void an_action_of_a_family_that_is_not_there_names_the_artifact() {
    assertThat(only(run(builder(), "kafka.produce")).hint())
        .isEqualTo(
            "kafka.produce is in testmesh-integrations-kafka, which is not on the class path");
    assertThat(only(run(builder(), "mysql_query")).hint())
        .isEqualTo("not part of TestMesh for the JVM");
  }

  @Test
  void a_typing_error_in_an_action_that_is_there_names_no_missing_artifact() {
    assertThat(only(run(builder().action(handler("http_request")), "http_requst")).hint())
        .isEqualTo("did you mean \"http_request\"?");
  }

  @Test
  void the_actions_of_the_engine_are_listed_in_order() {
    try (FlowRunner runner = builder().build()) {
      List<String> names = runner.tools().actions().stream().map(ActionDescriptor::id).toList();
      assertThat(names).contains("assert", "delay", "log", "transform").isSorted();
    }
  }
}

package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.RunnerSettings;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.Cancellation;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import io.testmesh.action.Deadline;
import io.testmesh.action.FlowContext;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.StepResult;
import io.testmesh.spi.ActionSource;
import io.testmesh.spi.ActionSourceProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignActionsTest {
  @TempDir Path folder;
  private ClassLoader loader;

  @BeforeEach
  void makeClassLoader() throws IOException {
    Path service =
        folder.resolve("services/META-INF/services/" + ActionSourceProvider.class.getName());
    Files.createDirectories(service.getParent());
    Files.writeString(service, Provider.class.getName());
    loader =
        new URLClassLoader(
            new URL[] {folder.resolve("services").toUri().toURL()}, getClass().getClassLoader());
  }

  @Test
  void an_action_of_a_source_runs_with_what_it_says_when_it_is_ready() {
    RunResult result = run("[{id: a, action: far.echo, config: {text: hi, baseUrl: x}}]");

    assertThat(result.status()).isEqualTo(RunStatus.PASSED);
    StepResult step = step(result);
    // Asked twice, started once; keys are sent as they are written.
    assertThat(step.result().get("starts")).isEqualTo(1L);
    assertThat(step.result().get("config")).isEqualTo(Map.of("text", "hi", "baseUrl", "x"));
  }

  @Test
  void a_check_starts_nothing_and_passes_the_warning_on() {
    try (FlowRunner runner = runner()) {
      FlowSet flows = runner.load(write("[{action: far.odd, config: {text: hi}}]"));
      List<Problem> problems = runner.tools().check(flows, Map.of());

      assertThat(problems).hasSize(1);
      assertThat(problems.get(0).isError()).isFalse();
      assertThat(problems.get(0).code()).isEqualTo("plugin_warning");
      assertThat(problems.get(0).message()).isEqualTo("nothing is known about it, 0 started");
    }
  }

  @Test
  void a_refused_action_says_why_and_nothing_is_started() {
    RunResult result = run("[{action: far.echo, config: {text: a}}, {action: far.off}]");

    assertThat(result.status()).isEqualTo(RunStatus.INVALID);
    Problem problem = result.problems().get(0);
    assertThat(problem.code()).isEqualTo("plugin_disabled");
    assertThat(problem.message()).isEqualTo("far is disabled, 0 started");
    assertThat(problem.hint()).isEqualTo("enable it");
    assertThat(problem.span().line()).isEqualTo(2);
  }

  @Test
  void a_flow_whose_action_did_not_get_ready_is_an_error_and_others_run() {
    RunResult result =
        run("[{action: far.sick, config: {text: a}}]", "[{action: far.echo, config: {text: b}}]");

    assertThat(result.status()).isEqualTo(RunStatus.ERROR);
    assertThat(result.summary().passed()).isEqualTo(1);
    assertThat(result.flows())
        .filteredOn(flow -> flow.failure().isPresent())
        .singleElement()
        .satisfies(
            flow -> {
              assertThat(flow.failure().orElseThrow().code()).isEqualTo("plugin_start_exited");
              assertThat(flow.failure().orElseThrow().message())
                  .contains("far.sick")
                  .contains("ended with exit code 3");
            });
  }

  @Test
  void a_missing_key_is_an_error_even_where_a_key_looks_like_it() {
    RunResult result = run("[{action: far.echo, config: {txt: hi}}]");

    assertThat(result.status()).isEqualTo(RunStatus.INVALID);
    assertThat(result.problems())
        .extracting(Problem::code, Problem::isError)
        .contains(
            org.assertj.core.groups.Tuple.tuple("missing_key", true),
            org.assertj.core.groups.Tuple.tuple("unknown_key", false));
  }

  @Test
  void a_handler_checks_what_has_no_placeholders() {
    RunResult wrong = run("[{action: far.echo, config: {text: bad}}]");
    assertThat(wrong.status()).isEqualTo(RunStatus.INVALID);
    assertThat(wrong.problems().get(0).message()).isEqualTo("text is bad");
    assertThat(wrong.problems().get(0).span().column()).isEqualTo(37);

    assertThat(run("[{action: far.echo, config: {text: 'ba${\"d\"}'}}]").status())
        .isEqualTo(RunStatus.PASSED);
  }

  @Test
  void cancelling_ends_the_wait_for_what_does_not_get_ready() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    try (FlowRunner runner = runner()) {
      FlowSet flows = runner.load(write("[{action: far.slow, config: {text: a}}]"));
      var handle = runner.start(flows, RunOptions.builder().build());
      Thread waiter =
          new Thread(
              () -> {
                begun.countDown();
                handle.cancel();
              });
      waiter.start();
      begun.await();

      assertThat(handle.result().join().status()).isEqualTo(RunStatus.CANCELLED);
      waiter.join();
    }
  }

  @Test
  void the_time_of_the_run_ends_the_wait_too() {
    try (FlowRunner runner = runner()) {
      FlowSet flows = runner.load(write("[{action: far.slow, config: {text: a}}]"));
      RunResult result =
          runner.run(flows, RunOptions.builder().timeout(java.time.Duration.ofMillis(50)).build());

      assertThat(result.status()).isEqualTo(RunStatus.FAILED);
      assertThat(result.flows().get(0).failure().orElseThrow().message())
          .isEqualTo("not started: the run's timeout was over");
    }
  }

  @Test
  void the_catalogue_shows_what_is_known() {
    try (FlowRunner runner = runner()) {
      assertThat(runner.tools().actions())
          .extracting(ActionDescriptor::id)
          .contains("far.echo", "log");
    }
  }

  @Test
  void secrets_are_shared_only_where_the_step_names_them() {
    String steps =
        """
        [
          {id: made, action: far.echo, config: {text: '${key}'}, save: {copy: $.config.text}},
          {id: plain, action: far.echo, config: {text: x}},
          {id: told, action: far.echo, config: {text: '${key}'}}
        ]
        """;
    String flow =
        "flow:\n  name: f\n  env: {key: s3cr3t-1, base: plain}\n  config: {secrets: [key]}\n"
            + "  steps: "
            + steps.replace("\n", "\n    ");
    try (FlowRunner runner = runner()) {
      RunResult result = runner.run(file("secrets.yaml", flow));

      // The records are masked; backwards the text is no secret.
      assertThat(result.flows().get(0).steps())
          .extracting(
              step ->
                  new StringBuilder((String) ((StepResult) step).result().get("seen"))
                      .reverse()
                      .toString())
          .containsExactly(
              "[base, key] {}",
              "[base] {made={config={text=***}, copy=***}}",
              "[base, copy, key] {made={config={text=s3cr3t-1}, copy=s3cr3t-1}, plain={config={text=x}}}");
    }
  }

  private RunResult run(String... flows) {
    try (FlowRunner runner = runner()) {
      Path[] files = new Path[flows.length];
      for (int i = 0; i < flows.length; i++) {
        files[i] =
            file("flow" + i + ".yaml", "flow: {name: f" + i + ", steps:\n " + flows[i] + "}");
      }
      return runner.run(files);
    }
  }

  private Path write(String steps) {
    return file("flow.yaml", "flow: {name: f, steps:\n " + steps + "}");
  }

  private Path file(String name, String text) {
    try {
      return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private FlowRunner runner() {
    return FlowRunner.builder().classLoader(loader).workingFolder(folder).build();
  }

  private static StepResult step(RunResult result) {
    return (StepResult) result.flows().get(0).steps().get(0);
  }

  /** Found by the class loader of the test. */
  public static final class Provider implements ActionSourceProvider {
    @Override
    public ActionSource create(RunnerSettings settings, Supplier<Set<String>> builtIn) {
      return new Source();
    }
  }

  private static final class Source implements ActionSource {
    private int starts;

    @Override
    public Offer known() {
      return offer(Set.of("far.echo"));
    }

    @Override
    public synchronized Offer offer(Set<String> wanted) {
      Map<String, ActionHandler> handlers = new LinkedHashMap<>();
      Map<String, Refusal> refused = new LinkedHashMap<>();
      Map<String, String> warnings = new LinkedHashMap<>();
      for (String name : wanted) {
        if (name.equals("far.off")) {
          String message = "far is disabled, " + starts + " started";
          refused.put(name, new Refusal("plugin_disabled", message, "enable it"));
        } else if (name.startsWith("far.")) {
          handlers.put(name, new Echo(name, starts));
        }
        if (name.equals("far.odd")) {
          warnings.put(name, "nothing is known about it, " + starts + " started");
        }
      }
      return new Offer(handlers, refused, warnings);
    }

    @Override
    public Offer start(Set<String> wanted, Deadline deadline, Cancellation cancellation)
        throws InterruptedException {
      if (wanted.contains("far.slow")) {
        new CountDownLatch(1).await();
      }
      synchronized (this) {
        starts++;
      }
      return offer(wanted);
    }

    @Override
    public void close() {}
  }

  private static final class Echo implements ActionHandler {
    private final String id;
    private final long starts;

    Echo(String id, long starts) {
      this.id = id;
      this.starts = starts;
    }

    @Override
    public ActionDescriptor descriptor() {
      return ActionDescriptor.of(id).required("text", ConfigType.ANY, "a text").openConfig();
    }

    @Override
    public void check(ConfigCheck config) {
      if ("bad".equals(config.values().get("text")) && config.isFixed(config.value("text"))) {
        config.reject(List.of("text"), "text is bad", null);
      }
    }

    @Override
    public void beforeFlow(FlowContext flow, List<Map<String, Object>> steps)
        throws ActionException {
      if (id.equals("far.sick")) {
        throw new ActionException("plugin_start_exited", "far ended with exit code 3");
      }
    }

    @Override
    public ActionResult execute(ActionContext context) {
      Map<String, Object> outputs = new TreeMap<>();
      context
          .sharedStepOutputs()
          .forEach(
              (step, values) -> {
                Map<String, Object> shown = new TreeMap<>(values);
                shown.keySet().retainAll(Set.of("config", "copy"));
                outputs.put(step, shown);
              });
      String seen = new TreeSet<>(context.sharedVariables().keySet()) + " " + outputs;
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("starts", starts);
      result.put("config", context.config().values());
      result.put("seen", new StringBuilder(seen).reverse().toString());
      return ActionResult.of(result);
    }
  }
}

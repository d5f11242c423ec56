package io.testmesh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.plugin.Lab;
import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.Row;
import io.testmesh.result.Failure;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import io.testmesh.result.StepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A whole run with a plugin that tells the secret that it was given. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
final class MaskedSecretsTest {
  private static final String SECRET = "hunter2-and-more";

  @TempDir private Path folder;

  @Test
  @Row("D30")
  void a_secret_that_a_plugin_gives_back_shows_nowhere() throws Exception {
    RunResult result =
        run(
            """
            flow:
              name: a talkative plugin
              env: {word: "${WORD}"}
              config: {secrets: [word]}
              steps:
                - id: says
                  action: rogue.act
                  config:
                    do: reply
                    status: 200
                    body: '{"success": true, "output": {"said": "the ${word}!"},
                      "logs": [{"level": "info", "message": "got ${word}"}]}'
                - id: complains
                  action: rogue.act
                  on_error: continue
                  config:
                    do: reply
                    status: 200
                    body: '{"success": false, "error": {"code": "BAD", "message": "not ${word}",
                      "details": {"given": "${word}"}}}'
                - id: dies
                  action: rogue.act
                  on_error: continue
                  config: {do: exit, code: 3, text: "cannot stand ${word}"}
            """);

    assertThat(result.status()).isEqualTo(RunStatus.PASSED);
    StepResult says = result.flows().get(0).step("says");
    StepResult complains = result.flows().get(0).step("complains");
    StepResult dies = result.flows().get(0).step("dies");
    assertThat(says.result()).containsEntry("said", "the ***!");
    assertThat(says.logs().get(0).message()).isEqualTo("got ***");
    assertThat(complains.failure()).map(Failure::message).get().asString().contains("BAD: not ***");
    assertThat(complains.failure().get().details()).containsEntry("given", "***");
    assertThat(dies.failure()).map(Failure::code).contains("plugin_exec_crashed");
    assertThat(dies.failure().get().message()).contains("cannot stand ***");
    for (StepResult step : List.of(says, complains, dies)) {
      assertThat(everything(step)).isNotEmpty().noneMatch(text -> text.contains(SECRET));
    }
  }

  private static List<String> everything(StepResult step) {
    List<String> texts = new ArrayList<>();
    texts.add(step.config().toString());
    texts.add(step.result().toString());
    step.logs().forEach(entry -> texts.add(entry.message()));
    step.failure()
        .ifPresent(
            failure -> {
              texts.add(failure.message());
              texts.add(failure.details().toString());
            });
    return texts;
  }

  private RunResult run(String flow) throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue");
        FlowRunner runner =
            FlowRunner.builder()
                .environment(Map.of("WORD", SECRET, "PATH", System.getenv("PATH")))
                .actionSources(List.of(lab.host()))
                .build()) {
      Path file = Files.writeString(folder.resolve("flow.yaml"), flow);
      return runner.run(runner.load(file), RunOptions.builder().build());
    }
  }
}

package io.testmesh.plugin.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.manifest.ManifestReader;
import io.testmesh.result.RunResult;
import io.testmesh.result.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/guide/plugins.md shows is what a new plugin is, and it runs. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
final class GuideTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(PluginTemplate.Language.class)
  void the_flow_in_the_guide_is_that_of_a_new_plugin_and_passes(PluginTemplate.Language language)
      throws Exception {
    new PluginTemplate(new ManifestReader(Set::of, null)).create(folder, "greeter", language);
    Path flow = folder.resolve("greeter/test-flow.yaml");

    assertThat(flow)
        .hasContent(Files.readString(Path.of("src/test/resources/guide/test-flow.yaml")));
    try (FlowRunner runner =
        FlowRunner.builder().environment(System.getenv()).plugins(folder).build()) {
      RunResult result = runner.run(runner.load(flow), RunOptions.builder().build());

      assertThat(result.problems()).isEmpty();
      assertThat(result.status()).isEqualTo(RunStatus.PASSED);
    }
  }
}

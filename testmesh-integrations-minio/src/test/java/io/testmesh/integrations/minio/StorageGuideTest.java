package io.testmesh.integrations.minio;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.result.RunResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageGuideTest {

  @Test
  void the_flow_of_the_guide_has_no_problem() throws Exception {
    Path guide = Path.of(StorageGuideTest.class.getResource("/guide/report.yaml").toURI());
    try (FlowRunner runner = FlowRunner.builder().environment(Map.of()).build()) {
      RunResult result = runner.run(runner.load(guide), RunOptions.builder().dryRun(true).build());

      assertThat(result.problems()).isEmpty();
      assertThat(result.flows()).isNotEmpty();
    }
  }
}

package io.testmesh.integrations.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.backends.Backends;
import io.testmesh.result.RunResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The flows of docs/guide/redis.md. */
@Timeout(60)
class RedisGuideTest {

  @Test
  void every_flow_of_the_guide_passes() throws Exception {
    Path guide = Path.of(RedisGuideTest.class.getResource("/guide").toURI());
    String url = Backends.redis().address();
    try (FlowRunner runner = FlowRunner.builder().environment(Map.of("REDIS_URL", url)).build()) {
      RunResult result = runner.run(guide);

      result.orThrow();
      assertThat(result.problems()).isEmpty();
      assertThat(result.flows()).hasSize(1);
    }
  }
}

package io.testmesh.integrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.backends.PostgresDatabase;
import io.testmesh.result.RunResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The flows of docs/guide/sql.md. */
@Timeout(60)
class SqlGuideTest {

  @Test
  void every_flow_of_the_guide_passes() throws Exception {
    Path guide = Path.of(SqlGuideTest.class.getResource("/guide").toURI());
    try (PostgresDatabase database = PostgresDatabase.create();
        FlowRunner runner =
            FlowRunner.builder().environment(Map.of("ORDERS_DB", database.url())).build()) {
      RunResult result = runner.run(guide);

      result.orThrow();
      assertThat(result.problems()).isEmpty();
      assertThat(result.flows()).hasSize(1);
    }
  }
}

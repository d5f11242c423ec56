package io.testmesh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.plugin.FakeContext;
import io.testmesh.plugin.Lab;
import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.Row;
import io.testmesh.spi.ActionSource.Offer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The published samples, unchanged. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
final class SamplesTest {
  @TempDir private Path folder;

  @Test
  void the_python_sample_greets() throws Exception {
    try (Lab lab = new Lab(folder).sample("my-plugin")) {
      ActionHandler hello = lab.started("my-plugin.hello");
      FakeContext call = new FakeContext(Map.of("name", "Ada"));

      assertThat(hello.execute(call).values())
          .containsEntry("greeting", "Hello, Ada!")
          .hasEntrySatisfying("timestamp", value -> assertThat(value).isInstanceOf(Double.class));
      assertThat(call.logs).containsExactly("info Greeted Ada");
    }
  }

  @Test
  void the_node_sample_keeps_types() throws Exception {
    try (Lab lab = new Lab(folder).sample("my-js-plugin")) {
      ActionHandler transform = lab.started("my-js-plugin.transform");
      Map<String, Object> value =
          Lab.map("n", 7L, "d", 0.5, "t", "ü€😀", "l", List.of(1L, true), "none", null);
      FakeContext call = new FakeContext(Map.of("input", value));

      assertThat(transform.execute(call).values()).containsEntry("result", value);
      assertThat(call.logs).containsExactly("info Transformation complete");
      assertThat(call.metrics).containsExactly(Map.entry("duration_ms", 1L));
    }
  }

  @Test
  @Row({"D6", "D38"})
  void the_bare_id_is_an_action_that_the_samples_refuse_in_their_own_words() throws Exception {
    try (Lab lab = new Lab(folder).sample("my-plugin").sample("my-js-plugin")) {
      Offer offer = lab.start("my-plugin", "my-js-plugin");

      for (String id : List.of("my-plugin", "my-js-plugin")) {
        ActionException failure =
            catchThrowableOfType(
                ActionException.class, () -> Lab.call(offer.handlers().get(id), "name", "Ada"));
        assertThat(failure.code()).isEqualTo("UNKNOWN_ACTION");
        assertThat(failure)
            .hasMessage("plugin \"" + id + "\" answered UNKNOWN_ACTION: Unknown action: " + id);
      }
    }
  }
}

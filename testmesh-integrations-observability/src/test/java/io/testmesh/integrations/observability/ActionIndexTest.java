package io.testmesh.integrations.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ActionIndexTest {

  @Test
  void the_index_names_what_the_service_loader_finds() throws IOException {
    List<String> found = new ArrayList<>();
    for (ActionHandler handler : ServiceLoader.load(ActionHandler.class)) {
      if (handler
          .getClass()
          .getPackageName()
          .startsWith("io.testmesh.integrations.observability")) {
        found.add(handler.descriptor().id() + "=" + handler.getClass().getName());
      }
    }
    try (InputStream index =
        PrometheusQueryAction.class.getResourceAsStream("/META-INF/testmesh/actions.index")) {
      String text = new String(index.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text.lines().toList()).hasSize(6).containsExactlyInAnyOrderElementsOf(found);
    }
  }
}
